import { toTollgateError } from '#libs/core';
import type { Principal } from '#libs/identity';
import { isCandidate } from '#libs/routing';
import type { LiveOrganization } from '../../live/live.js';
import { admit } from '../admit.js';
import type { CallDeps, Door, Read, Routed } from '../call.types.js';
import { type Deadline, deadlineFor } from '../deadline.js';
import type { Delivery } from '../delivery.js';
import type { Exchange } from '../exchange.js';
import { CallRecord } from '../record.js';
import { factsOf } from '../route.js';
import { type Billing, settle } from '../settle.js';
import { SilentExchange } from './silent-exchange.js';

/** What the records of copies show as surface: no client can send there, so that their cost stands apart for certain. */
export const SHADOW_SURFACE = 'shadow';

/** Asks the second model, and takes its answer as that of any call is taken. */
export type AnswerCopy = (
  exchange: Exchange,
  routed: Routed,
  deadline: Deadline,
  record: CallRecord,
) => Promise<Delivery & { readonly billing?: Billing }>;

/**
 * Sends a share of a route's calls to a second model as well, when the caller has its answer. The copy is a call of its own,
 * with its own reservation, record and cost; it has the caller's identity and request id. It takes nothing from rate limits,
 * never leaves the regions of route and organization, and whatever becomes of it, nobody is told.
 */
export function shadow(
  surface: Door,
  exchange: Exchange,
  parsed: Read,
  principal: Principal,
  routed: Routed,
  answer: AnswerCopy,
  record: CallRecord,
  deps: CallDeps,
): void {
  const wanted = routed.choice.route?.shadow;
  // What is free (counting tokens) tells nothing of a model.
  if (!wanted || parsed.ask.units === 0 || record.ageSec !== null || Math.random() >= wanted.share) return;
  const copy = shadowed(parsed, principal, routed, wanted.model, record, deps);
  if (copy === null) return;
  const { headers, envelope } = exchange;
  const silent = new SilentExchange({ ...headers, 'x-request-id': record.requestId }, envelope);
  deps.aside.begin(() => live(surface, silent, parsed, principal, copy, answer, deps));
}

/** The call as routed to the second model and nowhere else; null when that cannot take it. */
function shadowed(
  { ask }: Read,
  principal: Principal,
  { organization, choice: { route } }: Routed,
  slug: string,
  record: CallRecord,
  deps: CallDeps,
): Routed | null {
  const second = organization.models.get(slug);
  if (!route || !second) return null;
  const facts = factsOf(ask, principal, organization, record, deps);
  if (!isCandidate(second.model, route, organization.routing, facts)) return null;
  return {
    organization: { ...organization, quota: budgetsOnly(organization.quota) },
    choice: {
      route: { ...route, shadow: null, hedge: null, midStream: 'error', cache: null },
      candidates: [{ model: second.model, weight: 1, priority: 0 }],
      fallen: [],
    },
    models: [second],
  };
}

const budgetsOnly = (quota: LiveOrganization['quota']): LiveOrganization['quota'] => ({
  plan: (facts, nowMs) => ({ ...quota.plan(facts, nowMs), limits: [] }),
});

/** The life of a copy: that of a call from its admission on. Never rejects. */
async function live(
  surface: Door,
  exchange: Exchange,
  parsed: Read,
  principal: Principal,
  routed: Routed,
  answer: AnswerCopy,
  deps: CallDeps,
): Promise<void> {
  const record = new CallRecord({ ...surface, id: SHADOW_SURFACE }, exchange, deps.clock);
  record.caller(principal);
  record.asked(parsed);
  record.routed(routed);
  try {
    await using reservation = await admit(parsed, principal, routed, record, deps);
    using deadline = deadlineFor(routed, exchange);
    await settle(reservation, await answer(exchange, routed, deadline, record), record, deps);
  } catch (cause) {
    const error = toTollgateError(cause);
    deps.log.info({ callId: record.callId, code: error.code, detail: error.detail }, 'a copy of a call failed');
    // What was refused before anything was asked is not worth a record: no model has seen it.
    if (record.attempts.length > 0) await deps.appendEvent(record.failure(principal, error)).catch(() => undefined);
  }
}
