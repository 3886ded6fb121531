import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedError } from './embedded-error.js';

/** Who Postgres runs as. Empty ids: as ourselves. */
export interface ServiceUser {
  readonly uid?: number;
  readonly gid?: number;
  /** What to put before a command, when changing the user needs a program. */
  readonly prefix: readonly string[];
}

const OURSELVES: ServiceUser = { prefix: [] };

/**
 * Postgres refuses to run as root: then it runs as `postgres` or `nobody`. Where that user may not even pass through
 * the directories above `dataDir` (a 0700 home), `setpriv` of util-linux leaves the process the one capability it needs
 * to pass. Throws EmbeddedError where neither is possible.
 */
export function serviceUser(dataDir: string): ServiceUser {
  if (process.getuid?.() !== 0) return OURSELVES;
  const ids = userIds('postgres') ?? userIds('nobody');
  if (ids === null)
    throw new EmbeddedError(
      'Postgres does not run as root and this system has neither a user postgres nor nobody: start as another user.',
    );
  const barrier = firstBarrier(dataDir);
  if (barrier === null) return { ...ids, prefix: [] };
  const setpriv = onPath('setpriv');
  if (setpriv === null)
    throw new EmbeddedError(
      `Postgres does not run as root, and the user it runs as cannot pass through ${barrier}: set TOLLGATE_DATA_DIR to a directory that others may enter, for example /var/lib/tollgate.`,
    );
  const identity = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups'];
  // Without the secure bit access(2), by which Postgres looks for its own programs, ignores capabilities of non-root users.
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  return { prefix: [setpriv, ...identity, ...capability] };
}

/** Ids to give the data directory to; null when we run as ourselves. */
export function ownerIds(): { uid: number; gid: number } | null {
  return process.getuid?.() === 0 ? (userIds('postgres') ?? userIds('nobody')) : null;
}

/** Full path of a program on PATH, or null. */
export function onPath(program: string): string | null {
  for (const directory of (process.env['PATH'] ?? '').split(':')) {
    const path = join(directory, program);
    try {
      accessSync(path, constants.X_OK);
      if (directory !== '' && statSync(path).isFile()) return path;
    } catch {
      // Not here: look in the next directory.
    }
  }
  return null;
}

function userIds(name: string): { uid: number; gid: number } | null {
  const ask = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null;
  }
}

/** The first directory on the way from `path` to the root that others may not enter. */
function firstBarrier(path: string): string | null {
  for (let directory = resolve(path); ; directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return directory;
    if (directory === dirname(directory)) return null;
  }
}
