import type { Envelope } from '#libs/dialects';

/** One HTTP request and its answer, as the life of a call sees them. The only implementation is surfaces/http-exchange.ts. */
export interface Exchange {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's IP address: of the connection, or as a trusted proxy tells it. */
  readonly address: string;
  /** What was asked for, as the client knows it: an absolute URL, without its query. */
  readonly target: { readonly method: string; readonly url: string };
  /** What the URL says where the body does not. */
  readonly envelope: Envelope;
  /** Aborted when the client has left before the answer was complete. */
  readonly signal: AbortSignal;
  /** Whether a status has gone out: from then on an error can only be told inside the stream. */
  readonly begun: boolean;
  /** The whole request body. Throws `request_too_large`, `unsupported_media_type` or `client_closed_request`. */
  readBody(): Promise<Buffer>;
  /** A whole answer. */
  respond(status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array): void;
  /** Begins a streamed answer. */
  begin(status: number, headers: Readonly<Record<string, string>>): void;
  /** Resolves when the client can take more, has left, or `until` aborts; undefined while its buffer has room. */
  write(chunk: string | Uint8Array, until?: AbortSignal): Promise<void> | undefined;
  end(last?: string): void;
  /** Breaks the connection off: what has gone out is not the whole answer, and there is no other way left to say so. */
  cut(): void;
}

/** One header's value; the first when it was sent several times. */
export function headerOf(exchange: Exchange, name: string): string | undefined {
  const value = exchange.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
