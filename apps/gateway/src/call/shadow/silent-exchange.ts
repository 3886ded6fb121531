import type { Envelope } from '#libs/dialects';
import type { Exchange } from '../exchange.js';

/** A request whose answer nobody gets: what is written goes nowhere, and nobody can leave. */
export class SilentExchange implements Exchange {
  readonly signal = new AbortController().signal;
  /** Nobody calls from anywhere: who it was for is known already. */
  readonly address = '';
  readonly target = { method: '', url: '' };
  begun = false;

  constructor(
    readonly headers: Exchange['headers'],
    readonly envelope: Envelope,
  ) {}

  async readBody(): Promise<Buffer> {
    return Buffer.alloc(0);
  }

  respond(): void {
    this.begun = true;
  }

  begin(): void {
    this.begun = true;
  }

  write(): undefined {
    return undefined;
  }

  end(): void {}

  cut(): void {}
}
