import type { UpstreamError } from '#libs/dialects';

/** What one upstream event (or the upstream's end) means for the client. */
export interface Translated {
  /** To write; empty when there is nothing to say yet. */
  readonly out: string | Uint8Array;
  /** It carries the answer: after the first such event failover is over. */
  readonly content: boolean;
  readonly error?: UpstreamError;
}
