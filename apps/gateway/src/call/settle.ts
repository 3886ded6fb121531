import type { NanoUsd } from '#libs/core';
import { costOf, totalInput, totalOutput } from '#libs/metering';
import type { Reservation } from '#libs/quota';
import type { CallDeps } from './call.types.js';
import type { CallRecord } from './record.js';
import type { Delivery } from './relay.js';

/**
 * Books what the call used, releases the rest of the reservation and appends the usage event, in one atomic step, so that
 * money and record cannot part. Returns the cost in nano-USD. Rejects when Redis does not answer; the reservation then stays
 * and is swept.
 */
export async function settle(
  reservation: Reservation,
  delivery: Delivery,
  record: CallRecord,
  deps: CallDeps,
): Promise<NanoUsd> {
  const { tokens, status, error, estimated } = delivery;
  const prices = record.cache === 'hit' ? null : (record.model?.prices ?? null);
  const costNanoUsd = prices ? costOf(tokens, prices) : 0n;
  const principal = record.principal as NonNullable<typeof record.principal>;
  const event = record.event(principal, { status, error, tokens, estimated, costNanoUsd });
  await reservation.settle({ inputTokens: totalInput(tokens), outputTokens: totalOutput(tokens), event });
  deps.metrics.finished(event);
  return costNanoUsd;
}
