import type { ServerResponse } from 'node:http';
import type { Headers } from './vendor.js';

/** The line to one client: everything that is written to it, and the knowledge of whether it is still there. */
export class Line {
  private left = false;
  private cutByUs = false;
  private readonly leaving: Promise<void>;

  /** `onAbort` is called once, when the client leaves before it has the whole answer. */
  constructor(
    private readonly response: ServerResponse,
    onAbort: () => void,
  ) {
    this.leaving = new Promise((resolve) => {
      response.once('close', () => {
        this.left = true;
        if (!response.writableFinished && !this.cutByUs) onAbort();
        resolve();
      });
    });
  }

  get open(): boolean {
    return !this.left;
  }

  head(status: number, headers: Headers): void {
    if (this.open) this.response.writeHead(status, headers);
  }

  /** Sends the head now, not together with the first bytes of the body. */
  flushHead(): void {
    if (this.open) this.response.flushHeaders();
  }

  /** Writes and, where the client reads slowly, waits for it. */
  async write(chunk: string | Buffer): Promise<void> {
    if (!this.open || this.response.write(chunk)) return;
    await Promise.race([new Promise((resolve) => this.response.once('drain', resolve)), this.leaving]);
  }

  end(chunk?: string | Buffer): void {
    if (this.open) this.response.end(chunk);
  }

  /** Waits, in milliseconds, or until the client leaves. */
  async pause(ms: number): Promise<void> {
    if (ms <= 0 || !this.open) return;
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.response.off('close', finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      this.response.once('close', finish);
    });
  }

  /** Says nothing more until the client leaves. */
  stall(): Promise<void> {
    return this.leaving;
  }

  /** Closes the connection after what was written so far, in the middle of the answer. */
  cut(): void {
    this.cutByUs = true;
    this.response.socket?.destroySoon();
  }

  /** Resets the connection (RST). */
  reset(): void {
    this.cutByUs = true;
    this.response.socket?.resetAndDestroy();
  }
}
