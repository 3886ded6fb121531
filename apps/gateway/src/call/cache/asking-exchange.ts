import type { Exchange } from '../exchange.js';

/** Headers of the client that say for what it calls, and nothing of what it wants. */
const CONTEXT = ['x-tollgate-agent', 'x-tollgate-session', 'x-tollgate-tags', 'traceparent'];

/** A call that the gateway makes for a client's call, by the client's own right. Its answer stays here. */
export class AskingExchange implements Exchange {
  readonly headers: Exchange['headers'];
  readonly envelope = {};
  readonly address: string;
  readonly target: Exchange['target'];
  readonly signal: AbortSignal;
  begun = false;
  private readonly body: Buffer;
  private status = 0;
  private text = '';

  constructor(client: Exchange, body: object, timeoutMs: number) {
    this.body = Buffer.from(JSON.stringify(body));
    this.address = client.address;
    this.target = client.target;
    this.signal = client.signal;
    const context = CONTEXT.flatMap((name) =>
      client.headers[name] === undefined ? [] : [[name, client.headers[name]] as const],
    );
    this.headers = {
      ...Object.fromEntries(context),
      'content-type': 'application/json',
      'x-tollgate-timeout-ms': String(timeoutMs),
    };
  }

  /** What was answered. Throws unless it was a success. */
  answer(): unknown {
    if (this.status !== 200) throw new Error(`the call was answered with ${this.status}`);
    return JSON.parse(this.text);
  }

  async readBody(): Promise<Buffer> {
    return this.body;
  }

  respond(status: number, _headers: Readonly<Record<string, string>>, body: string | Uint8Array): void {
    this.begun = true;
    this.status = status;
    this.text = typeof body === 'string' ? body : Buffer.from(body).toString();
  }

  begin(status: number): void {
    this.begun = true;
    this.status = status;
  }

  write(chunk: string | Uint8Array): undefined {
    this.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return undefined;
  }

  end(last = ''): void {
    this.text += last;
  }

  cut(): void {
    this.status = 0;
  }
}
