import type { Exchange } from '../exchange.js';

/**
 * The exchange of a call whose answer others may be waiting for: while they do, a client that leaves does not end the call.
 * Nothing is written to a client that has left.
 */
export class PatientExchange implements Exchange {
  /** Made when it is asked for: a call that is answered from the cache never does. */
  private controller: AbortController | undefined;
  private over = false;
  private watched = false;

  constructor(
    private readonly client: Exchange,
    /** Whether others wait now. */
    private readonly awaited: () => boolean,
    /** Told when the client has left and nobody waits. */
    private readonly onOver: () => void,
  ) {}

  /** From now on it matters whether the client is there: the call waits, or asks a model. A hit never comes to that. */
  watch(): void {
    if (this.watched) return;
    this.watched = true;
    this.client.signal.addEventListener('abort', () => this.reconsider(), { once: true });
    this.reconsider();
  }

  private get left(): boolean {
    return this.watched && this.client.signal.aborted;
  }

  /** The client has left, or those who waited have. */
  reconsider(): void {
    if (this.over || !this.client.signal.aborted || this.awaited()) return;
    this.over = true;
    this.controller?.abort();
    this.onOver();
  }

  get signal(): AbortSignal {
    this.watch();
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
    if (!this.left) this.client.respond(...answer);
  }

  begin(...answer: Parameters<Exchange['begin']>): void {
    if (!this.left) this.client.begin(...answer);
  }

  write(chunk: string | Uint8Array, until?: AbortSignal): Promise<void> | undefined {
    return this.left ? undefined : this.client.write(chunk, until);
  }

  end(last?: string): void {
    if (!this.left) this.client.end(last);
  }

  cut(): void {
    this.client.cut();
  }
}
