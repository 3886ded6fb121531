import { type CachedAnswer, cacheKey } from '#libs/cache';
import type { Principal } from '#libs/identity';
import type { Operation } from '#libs/providers';
import { type Inquiry, inquire, noInquiry } from '../cache/inquiry.js';
import { scopeOf } from '../cache/scope.js';
import { wishOf } from '../cache/wish.js';
import type { CallDeps, Routed } from '../call.types.js';
import type { Exchange } from '../exchange.js';
import type { CallRecord } from '../record.js';
import type { KeptAnswer, KeptBody, OperationSurface, ParsedOperation } from './operation.types.js';

/** The same input has the same answer, and it is there as a whole. */
const DETERMINISTIC: ReadonlySet<Operation> = new Set(['embeddings', 'moderations', 'rerank']);

/** Looks for a kept answer to the same request of the same surface: it is kept in that surface's words. */
export function lookUpOperation(
  { body, ask, request }: ParsedOperation,
  surface: OperationSurface,
  principal: Principal,
  routed: Routed,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Inquiry<KeptBody> {
  const { route } = routed.choice;
  const scope = route?.cache && scopeOf(route.cache, principal, ask.endUser);
  const wanted =
    DETERMINISTIC.has(surface.operation) && record.findings.length === 0 && wishOf(exchange) !== 'no-store';
  if (!route?.cache || scope == null || !wanted) return noInquiry(exchange);
  const { model, user, ...asked } = body;
  const hash = cacheKey({
    operation: surface.id,
    requestedModel: ask.model,
    scope,
    policy: '',
    request: { ...asked, batch: request.batch },
  });
  return inquire(
    { hash, route: route.slug, cache: route.cache, near: null },
    principal,
    routed,
    exchange,
    record,
    deps,
  );
}

/** As an answer of the operation. */
export const keptAnswer = (answer: CachedAnswer<KeptBody> | null): KeptAnswer | null =>
  answer && { kind: 'kept', body: answer.body, used: answer.used };
