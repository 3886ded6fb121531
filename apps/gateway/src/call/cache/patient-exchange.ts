import type { Exchange } from '../exchange.js';

/**
 * The exchange of a call whose answer others may be waiting for: while they do, a client that leaves does not end the call.
 * Nothing is written to a client that has left.
 */
export class PatientExchange implements Exchange {
  /** Made when it is asked for: a call that is answered from the cache never does. */
  private controller: AbortController | undefined;
  private over = false;

  constructor(
    private readonly client: Exchange,
    /** Whether others wait now. */
    private readonly awaited: () => boolean,
    /** Told when the client has left and nobody waits. */
    private readonly onOver: () => void,
  ) {
    client.signal.addEventListener('abort', () => this.reconsider(), { once: true });
    this.reconsider();
  }

  /** The client has left, or those who waited have. */
  reconsider(): void {
    if (this.over || !this.client.signal.aborted || this.awaited()) return;
    this.over = true;
    this.controller?.abort();
    this.onOver();
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.over) this.controller.abort();
    }
    return this.controller.signal;
  }

  get headers(): Exchange['headers'] {
    return this.client.headers;
  }

  get address(): string {
    return this.client.address;
  }

  get target(): Exchange['target'] {
    return this.client.target;
  }

  get envelope(): Exchange['envelope'] {
    return this.client.envelope;
  }

  get begun(): boolean {
    return this.client.begun;
  }

  readBody(): Promise<Buffer> {
    return this.client.readBody();
  }

  respond(...answer: Parameters<Exchange['respond']>): void {
    if (!this.client.signal.aborted) this.client.respond(...answer);
  }

  begin(...answer: Parameters<Exchange['begin']>): void {
    if (!this.client.signal.aborted) this.client.begin(...answer);
  }

  write(chunk: string | Uint8Array, until?: AbortSignal): Promise<void> | undefined {
    return this.client.signal.aborted ? undefined : this.client.write(chunk, until);
  }

  end(last?: string): void {
    if (!this.client.signal.aborted) this.client.end(last);
  }

  cut(): void {
    this.client.cut();
  }
}
