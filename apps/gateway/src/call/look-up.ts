import { cacheKey } from '#libs/cache';
import type { ChatResponse } from '#libs/dialects';
import type { Principal } from '#libs/identity';
import type { LiveModel } from '../live/live.js';
import type { WholeAnswer } from './answer.js';
import type { CallDeps, Parsed, Routed } from './call.types.js';
import { type Exchange, headerOf } from './exchange.js';
import type { CallRecord } from './record.js';

type Wish = 'use' | 'refresh' | 'no-store';

function wishOf(exchange: Exchange): Wish {
  const header = headerOf(exchange, 'x-tollgate-cache');
  return header === 'no-store' || header === 'refresh' ? header : 'use';
}

/**
 * Whether this call's answer may be kept: the route caches, the client does not forbid it, and the answer is one that the
 * same question would get again (a single choice, no tools that the provider runs, no audio).
 */
export function willKeep({ request }: Parsed, { choice }: Routed, exchange: Exchange): boolean {
  const repeatable = (request.n ?? 1) === 1 && !request.serverTools?.length && request.audio === undefined;
  return choice.route?.cache != null && repeatable && wishOf(exchange) !== 'no-store';
}

/** The hash under which the answer to this question is kept: everything that changes the answer, within one service's scope. */
export function keyOf({ request }: Parsed, principal: Principal): string {
  const { stream, streamUsage, endUser, metadata, model, ...question } = request;
  return cacheKey({ requestedModel: model, scope: principal.service, request: question });
}

/** A kept answer to the same question, or null. Never rejects: a cache that cannot be read is a cache without the answer. */
export async function lookUp(
  parsed: Parsed,
  principal: Principal,
  routed: Routed,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<(WholeAnswer & { readonly model: LiveModel | null }) | null> {
  if (!willKeep(parsed, routed, exchange)) return null;
  record.cache = 'miss';
  if (wishOf(exchange) === 'refresh') return null;
  try {
    const cached = await deps.cache.get(principal.organizationId, keyOf(parsed, principal));
    if (cached === null) return null;
    // An answer of a model that could not be asked now (it is gone, or outside the regions allowed) is no answer.
    if (!routed.models.some(({ model }) => model.slug === cached.model)) return null;
    record.cache = 'hit';
    record.model = routed.organization.models.get(cached.model) ?? null;
    const { response } = cached;
    return {
      kind: 'whole',
      from: 'cache',
      model: record.model,
      verbatim: null,
      response,
      usage: undefined,
      dropped: [],
    };
  } catch (error) {
    deps.log.warn({ error, callId: record.callId }, 'the cache could not be read');
    return null;
  }
}

/** Keeps a complete, unflagged answer. Off the caller's path; a failure costs the next caller a miss and nobody an answer. */
export function keep(
  response: ChatResponse,
  parsed: Parsed,
  principal: Principal,
  routed: Routed,
  record: CallRecord,
  deps: CallDeps,
): void {
  const complete = response.choices.every(({ finish }) => finish.reason === 'stop' || finish.reason === 'tool-calls');
  const { route } = routed.choice;
  if (!complete || record.findings.length > 0 || !route?.cache || !record.model) return;
  deps.cache
    .put(
      principal.organizationId,
      keyOf(parsed, principal),
      { model: record.model.model.slug, storedAtMs: deps.clock.now(), response },
      route.cache.ttlSeconds,
    )
    .catch((error: unknown) => deps.log.warn({ error, callId: record.callId }, 'the answer could not be cached'));
}
