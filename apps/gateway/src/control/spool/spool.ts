import { createReadStream } from 'node:fs';
import { appendFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from '#libs/telemetry';
import { AppendFile } from './append-file.js';
import { SpoolDirectory, TOUCH_EVERY_MS } from './spool-directory.js';
import { parseEntry, type SpoolEntry } from './spool-entry.js';

/** Redis answers, and will never take this entry: it is set aside, so that it does not hold up the rest. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

export interface SpoolOptions {
  readonly directory: string;
  /** At this size the spool is full. It goes on taking what running calls bring. */
  readonly bytesMax: number;
  readonly log: Logger;
}

const SET_ASIDE = 'undeliverable.txt';

/**
 * What Redis must still be told, on disk: append-only files, one or more per process, flushed before `append` resolves.
 * Replayed in order by this process, or by a later one when this one has died.
 */
export class Spool {
  private readonly files: SpoolDirectory;
  private readonly touching: NodeJS.Timeout;
  private current: Promise<AppendFile> | null = null;
  private draining: Promise<void> | null = null;
  /** Of this process's files, what waits in each. */
  private readonly held = new Map<string, { readonly entries: number; readonly bytes: number }>();

  constructor(private readonly options: SpoolOptions) {
    this.files = new SpoolDirectory(options.directory);
    this.touching = setInterval(() => void this.files.touch(), TOUCH_EVERY_MS);
    this.touching.unref();
  }

  /** Entries of this process that wait. */
  get entries(): number {
    return this.sum(({ entries }) => entries);
  }

  get bytes(): number {
    return this.sum(({ bytes }) => bytes);
  }

  /** No new call should be admitted that might have to be spooled. */
  get full(): boolean {
    return this.bytes >= this.options.bytesMax;
  }

  /** Resolves when the entry is on disk. Rejects when it may not be, and then the log has it. */
  async append(entry: SpoolEntry): Promise<void> {
    const line = JSON.stringify(entry);
    let file: AppendFile;
    try {
      file = await this.openFile();
      await file.append(line);
    } catch (cause) {
      this.options.log.error(
        { error: cause, entry: line },
        'the spool cannot be written: what this call used is only here',
      );
      throw cause;
    }
    const wasFull = this.full;
    const { entries, bytes } = this.held.get(file.path) ?? { entries: 0, bytes: 0 };
    this.held.set(file.path, { entries: entries + 1, bytes: bytes + line.length + 1 });
    if (this.full && !wasFull)
      this.options.log.error({ bytes: this.bytes }, 'the spool is full: new calls are refused until Redis is back');
  }

  /**
   * Delivers everything that this process and dead ones have left, oldest first, and forgets it. Rejects with what `deliver`
   * rejects with, unless it is Undeliverable; then the rest stays for another time, and some may be delivered again.
   */
  drain(deliver: (entry: SpoolEntry) => Promise<unknown>): Promise<void> {
    this.draining ??= this.drainAll(deliver).finally(() => {
      this.draining = null;
    });
    return this.draining;
  }

  /** Ends writing. What was not delivered stays for a later process. */
  async close(): Promise<void> {
    clearInterval(this.touching);
    await this.draining?.catch(() => undefined);
    await this.retire();
  }

  private async drainAll(deliver: (entry: SpoolEntry) => Promise<unknown>): Promise<void> {
    await this.retire();
    for (const path of await this.files.claim()) {
      const delivered = await this.replay(path, deliver);
      await unlink(path);
      this.files.forget(path);
      this.held.delete(path);
      this.options.log.info({ path, delivered }, 'replayed a spool file');
    }
  }

  private async replay(path: string, deliver: (entry: SpoolEntry) => Promise<unknown>): Promise<number> {
    let delivered = 0;
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const entry = parseEntry(line);
      if (entry === null) continue;
      await this.deliverOrSetAside(entry, deliver);
      delivered += 1;
    }
    return delivered;
  }

  private async deliverOrSetAside(entry: SpoolEntry, deliver: (entry: SpoolEntry) => Promise<unknown>): Promise<void> {
    try {
      await deliver(entry);
    } catch (cause) {
      if (!(cause instanceof Undeliverable)) throw cause;
      this.options.log.error({ error: cause }, `an entry of the spool will never be taken: see ${SET_ASIDE}`);
      const line = `${JSON.stringify({ reason: cause.message, entry })}\n`;
      await appendFile(join(this.options.directory, SET_ASIDE), line, { mode: 0o600, flush: true });
    }
  }

  private async openFile(): Promise<AppendFile> {
    for (;;) {
      this.current ??= this.files.newPath().then(AppendFile.create);
      const opening = this.current;
      try {
        const file = await opening;
        if (file.open) return file;
      } catch (cause) {
        if (this.current === opening) this.current = null;
        throw cause;
      }
      if (this.current === opening) await this.retire();
    }
  }

  private sum(of: (held: { readonly entries: number; readonly bytes: number }) => number): number {
    return [...this.held.values()].reduce((sum, held) => sum + of(held), 0);
  }

  /** What comes from now on begins a new file. */
  private async retire(): Promise<void> {
    const file = this.current;
    this.current = null;
    await (await file?.catch(() => undefined))?.close();
  }
}
