import type { Used } from '#libs/cache';
import type { NanoUsd, TokenCounts } from '#libs/core';
import { type Charges, costOf, sumTokens, totalInput, totalOutput } from '#libs/metering';
import type { Reservation } from '#libs/quota';
import { CACHE_DEFAULTS } from './cache/wish.js';
import type { CallDeps } from './call.types.js';
import type { Delivery } from './delivery.js';
import type { AlsoUsed, CallRecord } from './record.js';

/** How an answer is charged beside its tokens. */
export interface Billing {
  /** How often the price per request is charged. */
  readonly units: number;
  /** Whether tokens tell all that was used. False where a vendor bills images or seconds: only a price per request pays those. */
  readonly inTokens: boolean;
}

/** A chat answer: once per request, and the tokens tell everything. */
const CHAT: Billing = { units: 1, inTokens: true };

/** What the answer of `record.model` costs, in nano-USD; zero where no price is known. */
export function priceOf(tokens: TokenCounts, charges: Charges, { model }: CallRecord): NanoUsd {
  return model?.prices ? costOf(tokens, model.prices, charges) : 0n;
}

/** What an answer from the cache is booked at, the route's share of what it would cost now, half up; and what that saves. */
function priceOfKept({ tokens, ...charges }: Used, record: CallRecord): { cost: NanoUsd; saved: NanoUsd } {
  const worth = priceOf(tokens, charges, record);
  const percent = BigInt(record.route?.choice.route?.cache?.pricePercent ?? CACHE_DEFAULTS.pricePercent);
  const cost = (worth * percent + 50n) / 100n;
  return { cost, saved: worth - cost };
}

/** What attempts cost whose answer is not the call's. */
function priceOfOthers(alsoUsed: readonly AlsoUsed[]): NanoUsd {
  return alsoUsed.reduce((sum, { live, tokens }) => sum + (live.prices ? costOf(tokens, live.prices) : 0n), 0n);
}

/**
 * Books what the call used, releases the rest of the reservation and appends the usage event, in one atomic step, so that
 * money and record cannot part. Returns the cost in nano-USD. While Redis is away the settlement waits on disk; rejects when
 * that cannot be written either, and then the reservation is swept.
 */
export async function settle(
  reservation: Reservation,
  delivery: Delivery & { readonly billing?: Billing },
  record: CallRecord,
  deps: CallDeps,
): Promise<NanoUsd> {
  const { status, error, billing = CHAT } = delivery;
  const charges = { units: billing.units, ...delivery.charges };
  const { alsoUsed } = record;
  const tokens = alsoUsed.reduce((sum, also) => sumTokens(sum, also.tokens), delivery.tokens);
  const estimated = delivery.estimated || alsoUsed.length > 0;
  const kept = delivery.saved ? priceOfKept(delivery.saved, record) : null;
  const costNanoUsd = kept?.cost ?? priceOf(delivery.tokens, charges, record) + priceOfOthers(alsoUsed);
  const principal = record.principal as NonNullable<typeof record.principal>;
  const { inTokens } = billing;
  const event = record.event(principal, {
    ...{ status, error, tokens, estimated, costNanoUsd, charges, inTokens },
    ...(kept && { savedNanoUsd: kept.saved }),
  });
  await reservation.settle({ inputTokens: totalInput(tokens), outputTokens: totalOutput(tokens), event });
  deps.metrics.finished(event);
  deps.telemetry?.finished(event, record.traceparent);
  return costNanoUsd;
}
