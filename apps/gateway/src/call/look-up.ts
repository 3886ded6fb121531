import { type CachedAnswer, cacheKey, type Used } from '#libs/cache';
import type { ChatRequest, ChatResponse } from '#libs/dialects';
import { policyFingerprint } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { RouteCache } from '#libs/routing';
import type { LiveModel } from '../live/live.js';
import type { WholeAnswer } from './answer.js';
import { type Inquiry, inquire, noInquiry } from './cache/inquiry.js';
import { lastTurnOf } from './cache/last-turn.js';
import { scopeOf } from './cache/scope.js';
import { CACHE_DEFAULTS, wishOf } from './cache/wish.js';
import type { CallDeps, Parsed, Routed } from './call.types.js';
import type { Exchange } from './exchange.js';
import { outputChecks } from './output-guard.js';
import type { CallRecord } from './record.js';

/** What the cache has for a call to a chat model. */
export interface LookedUp extends Disposable {
  /** A kept answer, or null. Never rejects. */
  readonly answer: Promise<KeptWhole | null>;
  /** To go on with: see Inquiry. */
  readonly exchange: Exchange;
  readonly keep: Keep;
}

type KeptWhole = WholeAnswer & { readonly model: LiveModel | null };

/** Takes a complete answer, with what it used, as it passed the output guardrails. It is kept if it is fit for that. */
export type Keep = (response: ChatResponse, used: Used) => void;

/**
 * Whether this call's answer may be kept: the route caches, the client does not forbid it, and the same question would get such
 * an answer again: a single choice, no tools that the provider runs, no audio, nothing bound to what a provider has stored, and
 * no higher temperature than the route allows.
 */
export function willKeep({ request }: Parsed, { choice }: Routed, exchange: Exchange): boolean {
  const cache = choice.route?.cache;
  return cache != null && isRepeatable(request, cache) && wishOf(exchange) !== 'no-store';
}

function isRepeatable(
  { n = 1, serverTools, audio, boundBy, temperature = 0 }: ChatRequest,
  { temperatureMax = CACHE_DEFAULTS.temperatureMax }: RouteCache,
): boolean {
  const single = n === 1 && !serverTools?.length && audio === undefined && boundBy === undefined;
  return single && temperature <= temperatureMax;
}

/** Looks for a kept answer to the same question, or one that another call is getting now. */
export function lookUp(
  parsed: Parsed,
  principal: Principal,
  routed: Routed,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): LookedUp {
  const inquiry = inquiryFor(parsed, principal, routed, exchange, record, deps);
  return {
    answer: inquiry.answer.then((answer) => answer && whole(answer, record)),
    exchange: inquiry.exchange,
    keep: (response, used) => inquiry.keep(isFit(response) && record.findings.length === 0 ? response : null, used),
    [Symbol.dispose]: () => inquiry[Symbol.dispose](),
  };
}

function inquiryFor(
  parsed: Parsed,
  principal: Principal,
  routed: Routed,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Inquiry<ChatResponse> {
  const { route } = routed.choice;
  const scope = route?.cache && scopeOf(route.cache, principal, parsed.ask.endUser);
  // An answer to a question in which something was found is not kept, so nobody should wait for it.
  const plain = record.findings.length === 0;
  if (!route?.cache || scope == null || !plain || !willKeep(parsed, routed, exchange)) return noInquiry(exchange);
  const facts = {
    operation: 'chat',
    requestedModel: parsed.request.model,
    scope,
    policy: policyFingerprint(outputChecks(principal, routed, {}) ?? []),
  };
  const hash = cacheKey({ ...facts, request: askedOf(parsed.request) });
  const turn = route.cache.semantic ? lastTurnOf(parsed.request) : null;
  const near = turn && { text: turn.text, fingerprint: cacheKey({ ...facts, request: askedOf(turn.without) }) };
  return inquire({ hash, route: route.slug, cache: route.cache, near }, principal, routed, exchange, record, deps);
}

/** All that changes the answer. The dialect only where fields are left that nobody but it understands. */
function askedOf({ stream, streamUsage, endUser, metadata, model, dialect, ...asked }: ChatRequest): unknown {
  const bound = Object.keys(asked.rest).length > 0 || asked.messages.some(({ rest }) => rest !== undefined);
  return bound ? { ...asked, dialect } : asked;
}

/** Only whole answers are kept: not one that was cut short, filtered, or refused. */
const isFit = ({ choices }: ChatResponse): boolean =>
  choices.every(({ finish }) => finish.reason === 'stop' || finish.reason === 'tool-calls');

function whole({ body, used }: CachedAnswer<ChatResponse>, record: CallRecord): KeptWhole {
  return {
    kind: 'whole',
    from: 'cache',
    model: record.model,
    verbatim: null,
    response: body,
    usage: undefined,
    saved: used,
    dropped: [],
  };
}
