/** The class of an upstream failure, which decides what failover does with it and what the client is told. */
export type UpstreamErrorKind =
  | 'invalid-request'
  | 'context-length'
  | 'content-policy'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  | 'timeout'
  | 'server';

/** An upstream failure in no vendor's words. `message` is the provider's text: shown to the client only for the client's own faults. */
export interface UpstreamError {
  readonly kind: UpstreamErrorKind;
  readonly message: string;
  /** HTTP status upstream; null when the error came inside a 200 stream. */
  readonly status: number | null;
  readonly code?: string;
  readonly param?: string;
  readonly retryAfterMs?: number;
}
