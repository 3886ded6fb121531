import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '#libs/config';
import { oneLine } from './one-line.js';

/** Makes the data directory and its `logs`. Throws ConfigError when it cannot be made, read or written. */
export function prepareDataDirectory(dataDir: string): void {
  try {
    // Others may pass, because Postgres under root runs as another user; every file in it is closed to them.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ConfigError(`TOLLGATE_DATA_DIR ${dataDir} cannot be used: ${oneLine(cause)}`, { cause });
  }
}
