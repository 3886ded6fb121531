import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Envelope } from '#libs/dialects';
import type { Exchange } from '../call/exchange.js';
import { readBody } from './body.js';

export interface HttpExchangeOptions {
  readonly bodyLimitBytes: number;
  /** Whether the process is about to end: then each connection ends with its answer. */
  readonly draining: () => boolean;
}

/** How long a connection may take to hand over what it holds of a stream that is over. */
const LINGER_MS = 60_000;

/** An Exchange over Node's own request and response: what the framework would add to them, the call path does not need. */
export class HttpExchange implements Exchange {
  private readonly controller = new AbortController();

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly address: string,
    /** Scheme and host as clients know them. */
    private readonly origin: () => string,
    readonly envelope: Envelope,
    private readonly options: HttpExchangeOptions,
  ) {
    response.once('close', () => {
      if (!response.writableFinished) this.controller.abort();
    });
  }

  get headers(): IncomingMessage['headers'] {
    return this.request.headers;
  }

  get target(): Exchange['target'] {
    const { method = '', url = '/' } = this.request;
    return { method, url: this.origin() + url.split('?', 1)[0] };
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get begun(): boolean {
    return this.response.headersSent;
  }

  async readBody(): Promise<Buffer> {
    return readBody(this.request, this.options.bodyLimitBytes);
  }

  respond(status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array): void {
    // A request whose body was not read to its end cannot be followed by another one on the same connection.
    const close = this.request.complete && !this.options.draining() ? {} : { connection: 'close' };
    this.response.writeHead(status, { ...headers, ...close, 'content-length': String(Buffer.byteLength(body)) });
    this.response.end(body);
  }

  begin(status: number, headers: Readonly<Record<string, string>>): void {
    this.response.writeHead(status, this.options.draining() ? { ...headers, connection: 'close' } : headers);
    this.response.flushHeaders();
  }

  write(chunk: string | Uint8Array, until?: AbortSignal): Promise<void> | undefined {
    if (this.response.write(chunk) || this.signal.aborted || until?.aborted) return undefined;
    return new Promise((resolve) => {
      const done = (): void => {
        this.response.off('drain', done);
        this.signal.removeEventListener('abort', done);
        until?.removeEventListener('abort', done);
        resolve();
      };
      this.response.once('drain', done);
      this.signal.addEventListener('abort', done, { once: true });
      until?.addEventListener('abort', done, { once: true });
    });
  }

  cut(): void {
    this.response.destroy();
  }

  end(last?: string): void {
    // A stream that began before the drain has promised to keep its connection: it is closed when everything is out.
    if (this.options.draining()) this.response.once('finish', () => this.request.socket.destroySoon());
    this.response.end(last);
    if (this.response.writableFinished) return;
    // Whoever does not take the end of a stream in this time does not get it: the call is settled, nobody waits for it.
    const late = setTimeout(() => this.response.destroy(), LINGER_MS).unref();
    this.response.once('close', () => clearTimeout(late));
  }
}
