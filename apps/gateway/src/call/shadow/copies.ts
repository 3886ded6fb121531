import type { ActiveCheck } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { CallDeps, Parsed, Surface } from '../call.types.js';
import { failOver } from '../fail-over.js';
import { deliver } from '../operation/deliver.js';
import { failOverOperation } from '../operation/fail-over.js';
import type { OperationSurface, ParsedOperation } from '../operation/operation.types.js';
import { relay } from '../relay.js';
import type { AnswerCopy } from './shadow.js';

const keepNothing = (): void => undefined;

/** How the copy of a chat call is answered. */
export const chatCopy =
  (surface: Surface, parsed: Parsed, principal: Principal, deps: CallDeps): AnswerCopy =>
  async (exchange, routed, deadline, record) => {
    const answer = await failOver(parsed, principal, routed, surface, exchange, deadline, record, deps);
    return relay(answer, parsed, routed, surface, exchange, keepNothing, record, deps);
  };

/** How the copy of any other call is answered. */
export const operationCopy =
  (
    surface: OperationSurface,
    parsed: ParsedOperation,
    checks: readonly ActiveCheck[] | null,
    deps: CallDeps,
  ): AnswerCopy =>
  async (exchange, routed, deadline, record) => {
    const answer = await failOverOperation(parsed, routed, surface, exchange, deadline, record, deps);
    return deliver(answer, parsed, checks, surface, exchange, keepNothing, record, deps);
  };
