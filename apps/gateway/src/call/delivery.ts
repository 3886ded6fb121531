import type { Used } from '#libs/cache';
import type { NanoUsd, TokenCounts, TollgateError } from '#libs/core';
import type { Charges } from '#libs/metering';

/** An answer that is with the client but for its last piece, which waits until the call is settled. */
export interface Delivery {
  /** Status for the record: 200, 499 when the client left, that of the error when the provider broke off. */
  readonly status: number;
  readonly error: TollgateError | null;
  readonly tokens: TokenCounts;
  readonly estimated: boolean;
  /** What the provider bills beside the tokens, where it says so. */
  readonly charges?: Charges | undefined;
  /** From the cache: what the answer used when it was asked, and now need not. */
  readonly saved?: Used | undefined;
  /** Writes the rest. The client never sees a complete answer that is not in the ledger. */
  conclude(cost: NanoUsd): void;
}
