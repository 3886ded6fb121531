import type { Envelope } from '#libs/dialects';
import { SseParser } from '#libs/dialects';
import type { Exchange } from '../call/exchange.js';

/** Turns a stream of server-sent events into one JSON array whose elements are the events' data: Gemini's other way to stream. */
export class JsonArrayExchange implements Exchange {
  private readonly parser = new SseParser();
  private begunArray = false;

  constructor(private readonly inner: Exchange) {}

  get headers(): Exchange['headers'] {
    return this.inner.headers;
  }

  get address(): string {
    return this.inner.address;
  }

  get target(): Exchange['target'] {
    return this.inner.target;
  }

  get envelope(): Envelope {
    return this.inner.envelope;
  }

  get signal(): AbortSignal {
    return this.inner.signal;
  }

  get begun(): boolean {
    return this.inner.begun;
  }

  readBody(): Promise<Buffer> {
    return this.inner.readBody();
  }

  respond(status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array): void {
    this.inner.respond(status, headers, body);
  }

  begin(status: number, headers: Readonly<Record<string, string>>): void {
    this.inner.begin(status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
  }

  write(chunk: string | Uint8Array, until?: AbortSignal): Promise<void> | undefined {
    const elements = this.elements(chunk);
    return elements === '' ? undefined : this.inner.write(elements, until);
  }

  cut(): void {
    this.inner.cut();
  }

  end(last = ''): void {
    const elements = this.elements(last);
    this.inner.end(elements + (this.begunArray ? ']' : '[]'));
  }

  /** A JSON array has no room for comments: they and the cost go. */
  private elements(chunk: string | Uint8Array): string {
    let text = '';
    for (const { data } of this.parser.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) {
      if (data === '') continue;
      text += (this.begunArray ? ',\r\n' : '[') + data;
      this.begunArray = true;
    }
    return text;
  }
}
