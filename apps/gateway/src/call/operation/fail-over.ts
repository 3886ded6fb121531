import type { CallDeps, Routed } from '../call.types.js';
import type { Deadline } from '../deadline.js';
import type { Exchange } from '../exchange.js';
import { firstAnswer } from '../first-answer.js';
import { hedgeAfter } from '../hedge.js';
import type { CallRecord } from '../record.js';
import { timeoutsOf } from '../timeouts.js';
import type { AttemptAt } from '../tracked-attempt.js';
import { type Unanswered, unanswered } from '../unanswered.js';
import { attemptOperation } from './attempt.js';
import type { AnswerToOperation, OperationSurface, ParsedOperation } from './operation.types.js';

/**
 * Candidates in their order until one answers. Invisible to the client: nothing has been written yet. Throws what
 * `firstAnswer` throws where nothing was used.
 */
export async function failOverOperation(
  parsed: ParsedOperation,
  routed: Routed,
  surface: OperationSurface,
  exchange: Exchange,
  deadline: Deadline,
  record: CallRecord,
  deps: CallDeps,
): Promise<AnswerToOperation | Unanswered> {
  const timeouts = timeoutsOf(routed, deadline.timeoutMs);
  const attemptAt: AttemptAt<AnswerToOperation> = (live, hold) =>
    attemptOperation(live, parsed, surface, exchange, { ...hold, timeouts }, deps);
  // Times to a first token are known of chat only: without a time of the route's own there is nothing to be late by.
  const after = hedgeAfter(routed.choice.route, false, deps.metrics);
  return firstAnswer(attemptAt, routed, exchange, deadline, record, deps, after).catch((error: unknown) =>
    unanswered(error, record),
  );
}
