import type { NanoUsd, TokenCounts, TollgateError } from '#libs/core';

/** An answer that is with the client but for its last piece, which waits until the call is settled. */
export interface Delivery {
  /** Status for the record: 200, 499 when the client left, that of the error when the provider broke off. */
  readonly status: number;
  readonly error: TollgateError | null;
  readonly tokens: TokenCounts;
  readonly estimated: boolean;
  /** Writes the rest. The client never sees a complete answer that is not in the ledger. */
  conclude(cost: NanoUsd): void;
}
