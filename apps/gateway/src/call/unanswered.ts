import { type TokenCounts, TollgateError } from '#libs/core';
import type { LiveModel } from '../live/live.js';
import type { CallDeps, Door } from './call.types.js';
import type { Delivery } from './delivery.js';
import type { Exchange } from './exchange.js';
import type { CallRecord } from './record.js';
import { logged, tell } from './refuse.js';

/** A call that was broken off while a provider was at work on it, before any of its answer had come. */
export interface Unanswered {
  readonly kind: 'none';
  readonly model: LiveModel;
  /** What the provider has surely read by then: the estimated input. */
  readonly tokens: TokenCounts;
  readonly error: TollgateError;
}

/** What became of a call for which no answer was found. Throws the error where nothing was used. */
export function unanswered(error: unknown, record: CallRecord): Unanswered {
  const used = record.alsoUsed[0];
  if (used === undefined || !(error instanceof TollgateError)) throw error;
  record.alsoUsed.shift();
  record.model = used.live;
  return { kind: 'none', model: used.live, tokens: used.tokens, error };
}

/** Tells the client, if it is still there, once what was used is booked. */
export function deliverNothing(
  { error, tokens }: Unanswered,
  surface: Door,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Delivery {
  logged(error, record, deps);
  return {
    status: error.status,
    error,
    tokens,
    estimated: true,
    conclude: () => tell(surface, exchange, record, error),
  };
}
