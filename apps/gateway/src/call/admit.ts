import { formatUsd, type NanoUsd, NO_TOKENS, TollgateError } from '#libs/core';
import type { Principal } from '#libs/identity';
import type { RateLimitStatus, Refusal, Reservation, WindowStatus } from '#libs/quota';
import { endUserOf } from './acting.js';
import type { CallDeps, Read, Routed } from './call.types.js';
import { callTimeoutMs } from './deadline.js';
import type { CallRecord } from './record.js';
import { outputTokensOf, worstCaseOf } from './worst-case.js';

/** From the end of a call's time to the moment at which its reservation counts as orphaned: time to settle. */
const HOLD_MARGIN_MS = 10_000;

/**
 * Checks and takes, in one atomic step, everything that binds this call: requests, tokens, concurrency, and the most it could
 * cost. Throws `rate_limit_exceeded`, BudgetRefused, and `overloaded` where a hard budget cannot be checked; then nothing was
 * taken.
 */
export async function admit(
  { ask }: Read,
  principal: Principal,
  routed: Routed,
  record: CallRecord,
  deps: CallDeps,
): Promise<Reservation> {
  const plan = routed.organization.quota.plan(
    {
      organizationId: principal.organizationId,
      teamPath: principal.teamPath,
      service: principal.service,
      agent: principal.agent,
      user: endUserOf(principal, ask),
      route: routed.choice.route?.slug ?? null,
      models: routed.models.map(({ model }) => model.slug),
      tags: record.tags,
    },
    record.atMs,
  );
  const worstCaseNanoUsd = worstCaseOf(ask, routed);
  const admission = await deps.admissions.admit({
    callId: record.callId,
    plan,
    inputTokens: ask.size.tokens,
    outputTokensReserved: Math.max(...routed.models.map((live) => outputTokensOf(live, ask))),
    worstCaseNanoUsd,
    holdMs: Math.max(deps.reservationHoldMs, callTimeoutMs(routed) + HOLD_MARGIN_MS),
    estimate: record.event(principal, {
      status: 200,
      error: null,
      tokens: { ...NO_TOKENS, input: ask.size.tokens },
      estimated: true,
      costNanoUsd: worstCaseNanoUsd,
    }),
  });
  if (!admission.ok) throw refusalOf(admission.refusal);
  record.limitHeaders = limitHeaders(admission.limits);
  return admission.reservation;
}

/** A hard budget has no room for the call; for a smaller one it may have. */
export class BudgetRefused extends TollgateError {
  constructor(
    budget: string,
    /** The largest worst case that would have passed. */
    readonly affordableNanoUsd: NanoUsd,
  ) {
    super(
      'insufficient_quota',
      `The budget '${budget}' has no room for this call; it could cost at most ${formatUsd(affordableNanoUsd)} USD.`,
    );
  }
}

function refusalOf(refusal: Refusal): TollgateError {
  if (refusal.kind === 'budget') return new BudgetRefused(refusal.budget, refusal.affordableNanoUsd);
  if (refusal.kind === 'unchecked') {
    const { budget, retryAfterMs } = refusal;
    return new TollgateError('overloaded', `What the budget '${budget}' has left is not known right now.`, {
      retryAfterMs,
    });
  }
  const { what, limit, requested, retryAfterMs } = refusal;
  const never = requested > limit ? ` This call alone asks for ${requested}.` : '';
  const per = what === 'concurrency' ? 'calls at once' : `${what} per minute`;
  return new TollgateError('rate_limit_exceeded', `The rate limit of ${limit} ${per} is reached.${never}`, {
    retryAfterMs,
  });
}

function limitHeaders({ requests, tokens }: RateLimitStatus): Record<string, string> {
  return { ...windowHeaders('requests', requests), ...windowHeaders('tokens', tokens) };
}

function windowHeaders(kind: string, status: WindowStatus | null): Record<string, string> {
  if (status === null) return {};
  return {
    [`x-ratelimit-limit-${kind}`]: String(status.limit),
    [`x-ratelimit-remaining-${kind}`]: String(status.remaining),
    // As OpenAI writes durations: seconds with a unit.
    [`x-ratelimit-reset-${kind}`]: `${(status.resetMs / 1000).toFixed(3)}s`,
  };
}
