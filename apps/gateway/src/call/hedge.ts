import type { Route } from '#libs/routing';
import type { LiveModel } from '../live/live.js';
import { AttemptFailed } from './attempt-failed.js';
import type { CallMetrics } from './call-metrics.js';
import { pause } from './retry.js';
import type { TrackedAttempt } from './tracked-attempt.js';

/** Milliseconds after which a second attempt is made beside one on this model; null = never. */
export type HedgeAfter = (live: LiveModel) => number | null;

export const NO_HEDGE: HedgeAfter = () => null;

/**
 * By the route: after its own time, or after the 95th percentile of the model's time to first token. How long a whole answer
 * takes says nothing about whether it is late, so that only streams are hedged without a time of the route's own.
 */
export function hedgeAfter(
  route: Pick<Route, 'hedge'> | null,
  streamed: boolean,
  metrics: Pick<CallMetrics, 'slowFirstTokenMs'>,
): HedgeAfter {
  const hedge = route?.hedge;
  if (!hedge) return NO_HEDGE;
  return ({ model }) => hedge.afterMs ?? (streamed ? metrics.slowFirstTokenMs(model.id) : null);
}

/**
 * The answer of `first`, or of a second attempt that begins when the first is late; whichever comes first wins and the other is
 * cancelled. When both fail, the failure is one that the client must be told, if there is one, else the first's.
 */
export async function hedged<A>(
  first: TrackedAttempt<A>,
  afterMs: number,
  beginSecond: () => TrackedAttempt<A> | null,
): Promise<A | AttemptFailed> {
  const second = (await isLate(first, afterMs)) ? beginSecond() : null;
  if (second === null) return accepted(first, await first.outcome);
  const [winner, other] = await Promise.race([
    first.outcome.then(() => [first, second] as const),
    second.outcome.then(() => [second, first] as const),
  ]);
  const outcome = await winner.outcome;
  if (!(outcome instanceof AttemptFailed)) {
    other.cancel();
    return accepted(winner, outcome);
  }
  const last = accepted(other, await other.outcome);
  if (!(last instanceof AttemptFailed)) return last;
  return [outcome, last].find(({ remedy }) => remedy === 'tell') ?? (winner === first ? outcome : last);
}

/** The outcome, and when it is an answer, its attempt's place in the record. */
export function accepted<A>(attempt: TrackedAttempt<A>, outcome: A | AttemptFailed): A | AttemptFailed {
  if (!(outcome instanceof AttemptFailed)) attempt.accept();
  return outcome;
}

async function isLate<A>({ outcome }: TrackedAttempt<A>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  try {
    return await Promise.race([outcome.then(() => false), pause(ms, waiting.signal).then(() => true)]);
  } finally {
    waiting.abort();
  }
}
