import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * A file that lines are appended to and that has them on disk when `append` resolves. Lines that come while the disk is busy
 * share the next write and flush, so that many calls at once cost few flushes.
 */
export class AppendFile {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private closing = false;
  /** After a failure the file may end in half a line. */
  private broken = false;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Creates the file, its name on disk too. Rejects when it exists. */
  static async create(path: string): Promise<AppendFile> {
    const handle = await open(path, 'ax', 0o600);
    const directory = await open(dirname(path), 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return new AppendFile(path, handle);
  }

  /** Whether more may be appended. */
  get open(): boolean {
    return !this.closing && !this.broken;
  }

  /** Resolves when the line is on disk. Rejects when it may not be. `line` without its end; only while `open`. */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ line, resolve, reject });
      this.writing ??= this.write();
    });
  }

  /** Resolves when everything appended before has been written or has failed. */
  async close(): Promise<void> {
    this.closing = true;
    await this.writing;
    await this.handle.close();
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        if (this.broken) throw new Error('an earlier write to this file has failed');
        await this.handle.appendFile(batch.map(({ line }) => `${line}\n`).join(''));
        await this.handle.datasync();
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        this.broken = true;
        for (const { reject } of batch) reject(cause);
      }
    }
    this.writing = null;
  }
}
