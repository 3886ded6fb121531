import type { ChatResponse } from '#libs/dialects';
import { asksServices, consult, inspectJson, type Placeholders, walk } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { CallDeps, Parsed, Routed } from './call.types.js';
import type { Exchange } from './exchange.js';
import { outputChecks } from './output-guard.js';
import { outsideOf } from './outside.js';
import type { CallRecord } from './record.js';

const author = 'assistant';

/** An answer with its texts inspected: redacted, or replaced by an empty one that ends with content-filter when blocked. */
export async function guardWhole(
  response: ChatResponse,
  parsed: Parsed,
  principal: Principal,
  routed: Routed,
  { signal }: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<ChatResponse> {
  const active = outputChecks(principal, routed, parsed);
  if (active === null) return response;
  const { choices } = response;
  const outside = asksServices(active)
    ? { outside: await consult(choices, active, 'output', { outside: outsideOf(routed, deps), signal, author }) }
    : {};
  const { action, findings, value } = inspectJson(choices, active, 'output', { author, ...outside });
  record.findings.push(...findings);
  if (action !== 'block') return value === choices ? response : { ...response, choices: value };
  return {
    ...response,
    choices: choices.map(({ index }) => ({ index, parts: [], finish: { reason: 'content-filter', raw: null } })),
  };
}

/** An answer with the originals of what reversible redaction took out of its question. It is never kept so. */
export function restored(response: ChatResponse, placeholders: Placeholders | undefined): ChatResponse {
  if (placeholders === undefined) return response;
  const choices = walk(response.choices, 'output', author, (text, at) =>
    placeholders.restore(text, at.endsWith('.arguments') ? 'json' : 'text'),
  );
  return choices === response.choices ? response : { ...response, choices };
}
