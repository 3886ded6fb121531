import type { JsonObject } from '#libs/dialects';
import type { Principal } from '#libs/identity';
import type { Reservation } from '#libs/quota';
import { outputTokensMax } from '#libs/routing';
import { admit, BudgetRefused } from './admit.js';
import type { CallDeps, Parsed, Routed } from './call.types.js';
import type { CallRecord } from './record.js';
import { worstCaseOf } from './worst-case.js';

/** An admitted call: the request as it was admitted, and what it holds. */
export interface Admitted extends AsyncDisposable {
  readonly parsed: Parsed;
  readonly reservation: Reservation;
}

/** An answer shorter than this is of no use, and some dialects refuse to ask for one. */
const OUTPUT_TOKENS_LEAST = 16;

/**
 * As `admit`, but where a hard budget refuses and the route says `clamp`, the request's limit on output tokens is lowered to
 * what the budget allows, once, and the answer says to what: `x-tollgate-clamped-max-tokens`. `reread` reads the changed body.
 */
export async function admitOrClamp(
  parsed: Parsed,
  reread: (body: JsonObject) => Parsed,
  principal: Principal,
  routed: Routed,
  record: CallRecord,
  deps: CallDeps,
): Promise<Admitted> {
  try {
    return admitted(parsed, await admit(parsed, principal, routed, record, deps));
  } catch (refusal) {
    if (!(refusal instanceof BudgetRefused) || routed.choice.route?.onBudget !== 'clamp') throw refusal;
    const most = affordableOutput(parsed, routed, refusal.affordableNanoUsd);
    const body = most < OUTPUT_TOKENS_LEAST ? null : withLimit(parsed, most);
    if (body === null) throw refusal;
    const clamped = record.asked({
      ...reread(body),
      ...(parsed.placeholders && { placeholders: parsed.placeholders }),
    });
    const reservation = await admit(clamped, principal, routed, record, deps);
    record.limitHeaders = { ...record.limitHeaders, 'x-tollgate-clamped-max-tokens': String(most) };
    return admitted(clamped, reservation);
  }
}

const admitted = (parsed: Parsed, reservation: Reservation): Admitted => ({
  parsed,
  reservation,
  [Symbol.asyncDispose]: () => reservation[Symbol.asyncDispose](),
});

/** The largest limit on output tokens with which the call can cost no more than this; 0 when even one token is too many. */
function affordableOutput({ request, ask }: Parsed, routed: Routed, affordable: bigint): number {
  const costs = (most: number): bigint => {
    const limited = { ...request, maxOutputTokens: most };
    return worstCaseOf({ ...ask, outputTokensMax: (cap) => outputTokensMax(limited, cap) }, routed);
  };
  let fits = 0;
  let tooMany =
    Math.max(...routed.models.map(({ model }) => outputTokensMax(request, model.limits.maxOutputTokens))) + 1;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (costs(middle) <= affordable) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

/** The body with this limit, in the words of its dialect; null where the dialect cannot be limited so far. */
function withLimit({ request, body }: Parsed, most: number): JsonObject | null {
  switch (request.dialect) {
    case 'openai-chat': {
      const names = ['max_completion_tokens', 'max_tokens'].filter((name) => Object.hasOwn(body, name));
      return {
        ...body,
        ...Object.fromEntries((names.length ? names : ['max_completion_tokens']).map((name) => [name, most])),
      };
    }
    case 'openai-responses':
      return { ...body, max_output_tokens: most };
    case 'openai-completions':
      return { ...body, max_tokens: most };
    case 'anthropic-messages':
      return thinks(body, most) ? null : { ...body, max_tokens: most };
    case 'gemini':
      return {
        ...body,
        generationConfig: { ...(body['generationConfig'] as JsonObject | undefined), maxOutputTokens: most },
      };
    default:
      return null;
  }
}

/** https://docs.claude.com/en/docs/build-with-claude/extended-thinking: `budget_tokens` must be less than `max_tokens`. */
function thinks(body: JsonObject, most: number): boolean {
  const budget = (body['thinking'] as JsonObject | undefined)?.['budget_tokens'];
  return typeof budget === 'number' && budget >= most;
}
