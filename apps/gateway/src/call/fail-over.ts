import { TollgateError } from '#libs/core';
import type { Principal } from '#libs/identity';
import type { Answer } from './answer.js';
import { attempt } from './attempt.js';
import { type AttemptFailed, failedBy, toClient } from './attempt-failed.js';
import type { CallDeps, Parsed, Routed, Surface } from './call.types.js';
import type { Deadline } from './deadline.js';
import type { Exchange } from './exchange.js';
import { willKeep } from './look-up.js';
import { outputChecks } from './output-guard.js';
import type { CallRecord } from './record.js';

/** Silence in a body after which a provider counts as gone. */
const SILENCE_MS = 60_000;

/**
 * Candidates in their order until one answers. Invisible to the client: nothing has been written yet. Throws what the client
 * is to be told when the request itself is at fault, when time is up, or when none is left.
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
  const { signal, timeoutMs } = deadline;
  const checks = outputChecks(principal, routed);
  const keep = willKeep(parsed, routed, exchange);
  const limit = routed.choice.route?.retry.attempts ?? routed.models.length;

  let last: AttemptFailed | undefined;
  for (const live of routed.models.slice(0, limit)) {
    const started = deps.clock.monotonic();
    const ms = (): number => Math.round(deps.clock.monotonic() - started);
    const done = deps.metrics.begin(live.model.id);
    try {
      const options = { signal, firstByteMs: timeoutMs, silenceMs: Math.min(SILENCE_MS, timeoutMs), checks, keep };
      const answer = await attempt(live, parsed, surface, exchange, record, options, deps);
      record.attempts.push({ model: live.model.slug, outcome: 'ok', ms: ms() });
      record.model = live;
      record.firstToken();
      deps.metrics.firstToken(live.model.id, ms());
      return answer;
    } catch (cause) {
      if (exchange.signal.aborted)
        throw new TollgateError('client_closed_request', 'The client closed the connection.');
      last = deadline.expired ? failedBy(new DOMException('deadline', 'TimeoutError')) : failedBy(cause);
      record.attempts.push({
        model: live.model.slug,
        outcome: last.upstream.kind,
        ms: ms(),
        ...(last.upstream.status !== null && { status: last.upstream.status }),
      });
      deps.log.info(
        { callId: record.callId, model: live.model.slug, kind: last.upstream.kind, status: last.upstream.status },
        'attempt failed',
      );
      if (last.remedy === 'tell' || deadline.expired) break;
    } finally {
      done();
    }
  }
  throw toClient(last as AttemptFailed, record.attempts.length);
}
