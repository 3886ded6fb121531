import { TollgateError } from '#libs/core';
import type { ActiveCheck } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { Routed } from '../call.types.js';
import { outputChecks } from '../output-guard.js';
import type { ParsedOperation } from './operation.types.js';

/**
 * The output checks that bind a call. A transcript that must be inspected is inspected as a whole: to ask for it as a stream
 * is an `invalid_request`, rather than a secret that leaves in two events.
 */
export function outputChecksOf(
  { request }: ParsedOperation,
  principal: Principal,
  routed: Routed,
): readonly ActiveCheck[] | null {
  const checks = outputChecks(principal, routed, {});
  if (checks !== null && request.stream && request.dialect === 'openai-transcriptions') {
    const [{ guardrail = '' } = {}] = checks;
    const message = `stream: the guardrail '${guardrail}' inspects transcripts, which therefore cannot be streamed`;
    throw new TollgateError('invalid_request', message, { param: 'stream' });
  }
  return checks;
}
