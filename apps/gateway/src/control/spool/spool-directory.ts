import { mkdir, readdir, rename, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from '#libs/core';

/** How often a living process says that its files are in use, and when it counts as dead: for pids of other machines. */
export const TOUCH_EVERY_MS = 15_000;
const ABANDONED_AFTER_MS = 60_000;

/** `<uuidv7>.<host>.<pid>.jsonl`: sorts by time and says whose it is. */
const NAME = /^([0-9a-f-]{36})\.([\w-]+)\.(\d+)\.jsonl$/;
const HOST = hostname().replaceAll(/[^\w-]/g, '-') || 'host';

/**
 * The spool files of all gateways that share a data directory. A file belongs to the process in its name; one whose process
 * is dead belongs to whoever renames it first.
 */
export class SpoolDirectory {
  private readonly mine = new Set<string>();

  constructor(private readonly directory: string) {}

  /** The path of a new file of this process. */
  async newPath(): Promise<string> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    return this.own(uuidv7());
  }

  /** Paths of this process's files and of those that dead ones have left, which are now ours; oldest first. */
  async claim(): Promise<readonly string[]> {
    const names = await readdir(this.directory).catch(() => []);
    const claimed: string[] = [];
    for (const name of names.sort()) {
      const path = join(this.directory, name);
      const [, id, host, pid] = NAME.exec(name) ?? [];
      if (id === undefined) continue;
      if (this.mine.has(path)) claimed.push(path);
      else if (await isAbandoned(path, host === HOST, Number(pid))) {
        const ours = this.own(id);
        const won = await rename(path, ours).then(
          () => utimes(ours, new Date(), new Date()).then(() => true),
          () => false,
        );
        if (won) claimed.push(ours);
        else this.mine.delete(ours);
      }
    }
    return claimed;
  }

  /** The file is done with. */
  forget(path: string): void {
    this.mine.delete(path);
  }

  /** Says that this process's files are in use. */
  async touch(): Promise<void> {
    const now = new Date();
    await Promise.all([...this.mine].map((path) => utimes(path, now, now).catch(() => undefined)));
  }

  private own(id: string): string {
    const path = join(this.directory, `${id}.${HOST}.${process.pid}.jsonl`);
    this.mine.add(path);
    return path;
  }
}

/** A file with our own pid that is not ours was left by a predecessor, as in a container, where every process is the first. */
async function isAbandoned(path: string, sameHost: boolean, pid: number): Promise<boolean> {
  if (sameHost && (pid === process.pid || !isAlive(pid))) return true;
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > ABANDONED_AFTER_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
