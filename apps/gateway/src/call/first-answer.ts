import { TollgateError } from '#libs/core';
import type { LiveModel } from '../live/live.js';
import { AttemptFailed, toClient } from './attempt-failed.js';
import type { CallDeps, Routed } from './call.types.js';
import type { Deadline } from './deadline.js';
import type { Exchange } from './exchange.js';
import { accepted, type HedgeAfter, hedged, NO_HEDGE } from './hedge.js';
import type { CallRecord } from './record.js';
import { pause, retryAfterMs } from './retry.js';
import { type AttemptAt, TrackedAttempt, type Trying } from './tracked-attempt.js';
import { Untried } from './untried.js';

/** Retries of the same model within one call, beside the other candidates. */
const RETRIES_PER_CALL = 2;

/**
 * Candidates in their order until one answers, whatever it is that they are asked for, passing over those that are known to
 * fail. Throws what the client is to be told when the request itself is at fault, when time is up, or when none is left.
 */
export async function firstAnswer<A>(
  attemptAt: AttemptAt<A>,
  routed: Routed,
  exchange: Exchange,
  deadline: Deadline,
  record: CallRecord,
  deps: CallDeps,
  hedgeAfterMs: HedgeAfter = NO_HEDGE,
): Promise<A> {
  const trying: Trying<A> = { attemptAt, exchange, deadline, record, deps };
  const { attempts, afterContentPolicy } = routed.choice.route?.retry ?? {};
  const attemptsMax = attempts ?? routed.models.length + RETRIES_PER_CALL;
  const untried = new Untried(routed.models, deps);

  const failures = new Map<LiveModel, AttemptFailed>();
  for (let live = untried.next(); live; live = untried.next()) {
    for (let retry = 0; ; retry++) {
      const outcome = await tryOnce(live, untried, attemptsMax, hedgeAfterMs(live), trying);
      if (!(outcome instanceof AttemptFailed)) return outcome;
      failures.set(live, outcome);
      const { kind } = outcome.upstream;
      if (exchange.signal.aborted) throw CLIENT_CLOSED();
      if (deadline.expired) throw toClient(TIME_IS_UP, record.attempts.length);
      const mayGoOn = outcome.remedy === 'next' || (kind === 'content-policy' && afterContentPolicy === 'next');
      if (!mayGoOn) throw toClient(outcome, record.attempts.length);
      if (kind === 'context-length') untried.keepLongerThan(live);
      const waitMs = retryAfterMs(outcome, retry, untried.count, Math.random);
      const room = attemptsMax - record.attempts.length - untried.count;
      if (waitMs === null || room <= 0 || !deps.health.tryRetry(live.model.id)) break;
      await pause(waitMs, deadline.signal);
      if (exchange.signal.aborted) throw CLIENT_CLOSED();
      if (!deps.health.tryPass(live.model.id, deps.clock.now())) break;
    }
    if (record.attempts.length >= attemptsMax) break;
  }
  return lastResort(untried, failures, trying);
}

/** One attempt, and where the route hedges, another one beside it when it is late. */
async function tryOnce<A>(
  live: LiveModel,
  untried: Untried,
  attemptsMax: number,
  hedgeAfterMs: number | null,
  trying: Trying<A>,
): Promise<A | AttemptFailed> {
  if (hedgeAfterMs === null || untried.count === 0) {
    const attempt = new TrackedAttempt(live, trying);
    return accepted(attempt, await attempt.outcome);
  }
  return hedged(new TrackedAttempt(live, trying, 'rivals'), hedgeAfterMs, () => {
    const other = trying.record.attempts.length + 1 < attemptsMax ? untried.next() : undefined;
    return other ? new TrackedAttempt(other, trying, 'rivals') : null;
  });
}

const TIME_IS_UP = new AttemptFailed({ kind: 'timeout', message: 'The call took too long.', status: null });
const CLIENT_CLOSED = (): TollgateError =>
  new TollgateError('client_closed_request', 'The client closed the connection.');

/** What became of the models that were asked; of each the last attempt. */
type Failures = Map<LiveModel, AttemptFailed>;

/** Nobody else is left: one model that is known to fail may be asked all the same, as far as its retry budget allows. */
async function lastResort<A>({ setAside }: Untried, failures: Failures, trying: Trying<A>): Promise<A> {
  const { deadline, deps, exchange, record } = trying;
  const nowMs = deps.clock.now();
  const open = setAside.find(
    ({ model }) =>
      !deadline.expired && deps.health.state(model.id, nowMs) !== 'closed' && deps.health.tryRetry(model.id),
  );
  if (open) {
    const attempt = new TrackedAttempt(open, trying);
    const outcome = accepted(attempt, await attempt.outcome);
    if (!(outcome instanceof AttemptFailed)) return outcome;
    if (exchange.signal.aborted) throw CLIENT_CLOSED();
    if (deadline.expired) throw toClient(TIME_IS_UP, record.attempts.length);
    failures.set(open, outcome);
  }
  throw nobodyLeft(failures, setAside, trying);
}

/**
 * What the client is told: that limits are reached, where that is what is the matter with every model, and when the first will
 * be free again; else what the last one that was asked has failed with.
 */
function nobodyLeft(
  failures: Failures,
  setAside: readonly LiveModel[],
  { deps, record }: Pick<Trying<unknown>, 'deps' | 'record'>,
): TollgateError {
  const nowMs = deps.clock.now();
  const models = [...failures.keys(), ...setAside.filter((live) => !failures.has(live))];
  const soonest = Math.min(...models.map(({ model }) => deps.health.availableAtMs(model.id, nowMs)));
  const retryAfterMs = Math.max(1_000, soonest - nowMs);
  const tried = record.attempts.length;
  const last = [...failures.values()].at(-1);
  const isLimited = (live: LiveModel): boolean => {
    const failed = failures.get(live);
    return failed ? failed.upstream.kind === 'rate-limit' : deps.health.isLimited(live.model.id, nowMs);
  };
  if (models.every(isLimited)) return toClient({ upstream: { ...(last?.upstream ?? LIMITED), retryAfterMs } }, tried);
  if (last && last.upstream.kind !== 'rate-limit') return toClient(last, tried);
  return new TollgateError('overloaded', 'Every provider of this route is failing or over its limits right now.', {
    retryAfterMs,
  });
}

const LIMITED = { kind: 'rate-limit', message: 'All of them rest.', status: null } as const;
