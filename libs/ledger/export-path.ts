import { join } from 'node:path';
import { isUuid } from '#libs/core';

/** Where the file of an export lies, in a directory that worker and admin app share. Throws RangeError for what is no id. */
export function exportPath(dataDir: string, exportId: string): string {
  if (!isUuid(exportId)) throw new RangeError('not the id of an export');
  return join(dataDir, 'exports', exportId);
}
