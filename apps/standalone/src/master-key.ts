import { join } from 'node:path';
import { ConfigError, readConfig } from '#libs/config';
import { secretFile } from '#libs/embedded';
import type { Settings } from './settings.js';

/**
 * The key that wraps all others, as the apps are given it: TOLLGATE_MASTER_KEY, else the file `master.key` of the data directory (mode 0600,
 * made on the first start). Throws ConfigError when the file holds something else. Whether it is the key that the stored
 * data was sealed with, only the admin app can tell: it opens what is stored.
 */
export function masterKey({ masterKey: given, dataDir }: Settings): string {
  if (given !== null) return given;
  const path = join(dataDir, 'master.key');
  const text = secretFile(path);
  try {
    readConfig(['masterKey'], { TOLLGATE_MASTER_KEY: text });
    return text;
  } catch (cause) {
    throw new ConfigError(`${path} is damaged: it must hold 32 bytes in base64`, { cause });
  }
}
