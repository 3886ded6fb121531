import type { Principal } from '#libs/identity';
import type { Answer } from './answer.js';
import { type AttemptOptions, attempt } from './attempt.js';
import type { CallDeps, Parsed, Routed, Surface } from './call.types.js';
import type { Deadline } from './deadline.js';
import type { Exchange } from './exchange.js';
import { firstAnswer } from './first-answer.js';
import { hedgeAfter } from './hedge.js';
import { willKeep } from './look-up.js';
import { outputChecks } from './output-guard.js';
import type { CallRecord } from './record.js';
import { mayResume, type Resume, resumeBy } from './resume/resume.js';
import { timeoutsOf } from './timeouts.js';
import type { AttemptAt } from './tracked-attempt.js';
import { type Unanswered, unanswered } from './unanswered.js';

/** What a model answered, and where the route allows it, how to go on when its stream breaks. */
export type Answered = Answer & { readonly resume?: Resume };

/**
 * Candidates in their order until one answers. Invisible to the client: nothing has been written yet. Throws what
 * `firstAnswer` throws where nothing was used.
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
): Promise<Answered | Unanswered> {
  const options: Omit<AttemptOptions, 'signal' | 'onSent'> = {
    timeouts: timeoutsOf(routed, deadline.timeoutMs),
    checks: outputChecks(principal, routed, parsed),
    keep: willKeep(parsed, routed, exchange),
    resumable: mayResume(parsed, routed),
  };
  const attemptAt: AttemptAt<Answer> = (live, hold) =>
    attempt(live, parsed, surface, exchange, record, { ...options, ...hold }, deps);
  const after = hedgeAfter(routed.choice.route, parsed.request.stream, deps.metrics);
  const answer = await firstAnswer(attemptAt, routed, exchange, deadline, record, deps, after).catch((error: unknown) =>
    unanswered(error, record),
  );
  if (answer.kind === 'none' || !options.resumable) return answer;
  return { ...answer, resume: resumeBy(parsed, routed, exchange, deadline, options, record, deps) };
}
