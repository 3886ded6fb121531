import { TollgateError } from '#libs/core';
import type { Principal } from '#libs/identity';
import type { LiveModel } from '../live/live.js';
import type { Answer } from './answer.js';
import { type AttemptOptions, attempt } from './attempt.js';
import { AttemptFailed, failedBy, toClient } from './attempt-failed.js';
import type { CallDeps, Parsed, Routed, Surface } from './call.types.js';
import type { Deadline } from './deadline.js';
import type { Exchange } from './exchange.js';
import { willKeep } from './look-up.js';
import { noteFailure } from './model-outcome.js';
import { outputChecks } from './output-guard.js';
import type { CallRecord } from './record.js';
import { pause, retryAfterMs } from './retry.js';
import { timeoutsOf } from './timeouts.js';

/** Retries of the same model within one call, beside the other candidates. */
const RETRIES_PER_CALL = 2;

/**
 * Candidates in their order until one answers, passing over those that are known to fail. Invisible to the client: nothing
 * has been written yet. Throws what the client is to be told when the request itself is at fault, when time is up, or when
 * none is left.
 */
export async function failOver(
  parsed: Parsed,
  principal: Principal,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  deadline: Deadline,
  record: CallRecord,
  deps: CallDeps,
): Promise<Answer> {
  const options: AttemptOptions = {
    signal: deadline.signal,
    timeouts: timeoutsOf(routed, deadline.timeoutMs),
    checks: outputChecks(principal, routed),
    keep: willKeep(parsed, routed, exchange),
  };
  const attemptAt = (live: LiveModel): Promise<Answer> =>
    attempt(live, parsed, surface, exchange, record, options, deps);
  return firstAnswer(attemptAt, routed, exchange, deadline, record, deps);
}

/** As `failOver`, whatever it is that is attempted. */
export async function firstAnswer<A>(
  attemptAt: (live: LiveModel) => Promise<A>,
  routed: Routed,
  exchange: Exchange,
  deadline: Deadline,
  record: CallRecord,
  deps: CallDeps,
): Promise<A> {
  const attemptsMax = routed.choice.route?.retry.attempts ?? routed.models.length + RETRIES_PER_CALL;
  const tryOnce = (live: LiveModel): Promise<A> => attemptOf(live, attemptAt, exchange, record, deps);

  let last: AttemptFailed | undefined;
  const models = [...routed.models];
  const passedOver: LiveModel[] = [];
  for (let live = models.shift(); live; live = models.shift()) {
    if (!deps.health.tryPass(live.model.id, deps.clock.now())) {
      passedOver.push(live);
      continue;
    }
    for (let retry = 0; ; retry++) {
      const outcome = await tryOnce(live).catch((cause: unknown) => failedBy(cause));
      if (!(outcome instanceof AttemptFailed)) return outcome;
      last = outcome;
      if (exchange.signal.aborted)
        throw new TollgateError('client_closed_request', 'The client closed the connection.');
      if (deadline.expired) throw toClient(TIME_IS_UP, record.attempts.length);
      if (outcome.remedy === 'tell') throw toClient(outcome, record.attempts.length);
      const waitMs = retryAfterMs(outcome, retry, models.length, Math.random);
      const room = attemptsMax - record.attempts.length - models.length;
      if (waitMs === null || room <= 0 || !deps.health.tryRetry(live.model.id)) break;
      await pause(waitMs, deadline.signal);
      if (!deps.health.tryPass(live.model.id, deps.clock.now())) break;
    }
    if (record.attempts.length >= attemptsMax) break;
  }
  return lastResort(passedOver, last, tryOnce, exchange, record, deps);
}

const TIME_IS_UP = new AttemptFailed({ kind: 'timeout', message: 'The call took too long.', status: null });

/** Nobody else is left: one model that is known to fail may be asked all the same, as far as its retry budget allows. */
async function lastResort<A>(
  passedOver: readonly LiveModel[],
  last: AttemptFailed | undefined,
  tryOnce: (live: LiveModel) => Promise<A>,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<A> {
  const nowMs = deps.clock.now();
  const available = passedOver.map(({ model }) => deps.health.availableAtMs(model.id, nowMs));
  const open = passedOver.find(
    ({ model }) => deps.health.state(model.id, nowMs) !== 'closed' && deps.health.tryRetry(model.id),
  );
  if (open) {
    const outcome = await tryOnce(open).catch((cause: unknown) => failedBy(cause));
    if (!(outcome instanceof AttemptFailed)) return outcome;
    if (exchange.signal.aborted) throw new TollgateError('client_closed_request', 'The client closed the connection.');
    throw toClient(outcome, record.attempts.length);
  }
  if (last) throw toClient(last, record.attempts.length);
  throw new TollgateError('overloaded', 'Every provider of this route is failing or over its limits right now.', {
    retryAfterMs: Math.max(1_000, Math.min(...available) - nowMs),
  });
}

/** One attempt, with its place in the record, in the metrics and in what is known of the model's health. */
async function attemptOf<A>(
  live: LiveModel,
  attemptAt: (live: LiveModel) => Promise<A>,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<A> {
  const { id, slug } = live.model;
  const started = deps.clock.monotonic();
  const ms = (): number => Math.round(deps.clock.monotonic() - started);
  const done = deps.metrics.begin(id);
  try {
    const answer = await attemptAt(live);
    record.attempts.push({ model: slug, outcome: 'ok', ms: ms() });
    record.model = live;
    record.firstToken();
    deps.metrics.firstToken(id, ms());
    deps.health.succeeded(id, deps.clock.now());
    return answer;
  } catch (cause) {
    const failed = failedBy(cause);
    const { kind, status, message } = failed.upstream;
    record.attempts.push({
      model: slug,
      outcome: exchange.signal.aborted ? 'client-closed' : kind,
      ms: ms(),
      ...(status !== null && { status }),
    });
    if (exchange.signal.aborted) deps.health.abandoned(id);
    else {
      noteFailure(id, failed, deps);
      deps.log.info(
        { callId: record.callId, model: slug, kind, status, detail: message.slice(0, 200) },
        'attempt failed',
      );
    }
    throw failed;
  } finally {
    done();
  }
}
