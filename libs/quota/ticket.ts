import type { AlertThreshold } from './alert-threshold.js';
import type { AdmissionPlan, PlannedBudget, PlannedLimit } from './plan.js';

/** A sliding window, and what the call takes from it. */
export interface TicketWindow {
  readonly key: string;
  readonly kind: 'requests' | 'tokens';
  readonly limitId: string;
  /** As the call's priority sees it. */
  readonly limit: number;
  readonly reserved: number;
  readonly model: string | null;
}

/** A set of running calls. */
export interface TicketRunning {
  readonly key: string;
  readonly limitId: string;
  readonly limit: number;
  readonly model: string | null;
}

export interface TicketBudget {
  readonly key: string;
  readonly id: string;
  readonly slug: string;
  readonly subject: string;
  readonly periodKey: string;
  readonly amountNanoUsd: string;
  readonly enforcement: 'hard' | 'soft';
  readonly expiresAtMs: number | null;
  readonly alerts: readonly AlertThreshold[];
  readonly model: string | null;
}

/** Every counter that a call touches, with what it takes. Plain JSON: a spool can keep it and settle after a restart. */
export interface Ticket {
  readonly organizationId: string;
  readonly callId: string;
  readonly worstCaseNanoUsd: string;
  readonly windows: readonly TicketWindow[];
  readonly running: readonly TicketRunning[];
  readonly budgets: readonly TicketBudget[];
}

/** `batch` sees only the first 90 % of every rate limit, so that it yields to `interactive` near the limit. */
export type Priority = 'interactive' | 'batch';

/** What of a call the counters care about. */
export interface Demand {
  /** UUIDv7. */
  readonly callId: string;
  readonly plan: AdmissionPlan;
  /** Estimate of all input tokens. */
  readonly inputTokens: number;
  /** The most output tokens that the call may produce. */
  readonly outputTokensReserved: number;
  /** The most that the call may cost, on its dearest candidate: 0 to CALL_COST_MAX. */
  readonly worstCaseNanoUsd: bigint;
  /** Default `interactive`. */
  readonly priority?: Priority;
}

/** The ticket of a call, also of one that could not be admitted because Redis was away. */
export function ticketOf(demand: Demand): Ticket {
  const { plan, priority = 'interactive' } = demand;
  const tokens = demand.inputTokens + demand.outputTokensReserved;
  return {
    organizationId: plan.organizationId,
    callId: demand.callId,
    worstCaseNanoUsd: demand.worstCaseNanoUsd.toString(),
    windows: plan.limits.flatMap((planned) => windowsOf(planned, tokens, priority)),
    running: plan.limits.flatMap((planned) => runningOf(planned, priority)),
    budgets: plan.budgets.map(budgetOf),
  };
}

function windowsOf({ limit, model, requestsKey, tokensKey }: PlannedLimit, tokens: number, priority: Priority) {
  const windows: TicketWindow[] = [];
  const open = (kind: TicketWindow['kind'], key: string | null, most: number | null, reserved: number) => {
    if (key === null || most === null) return;
    windows.push({ key, kind, limitId: limit.id, limit: seenBy(priority, most), reserved, model });
  };
  open('requests', requestsKey, limit.requestsPerMinute, 1);
  open('tokens', tokensKey, limit.tokensPerMinute, tokens);
  return windows;
}

function runningOf({ limit, model, runningKey }: PlannedLimit, priority: Priority): TicketRunning[] {
  if (runningKey === null || limit.maxConcurrency === null) return [];
  return [{ key: runningKey, limitId: limit.id, limit: seenBy(priority, limit.maxConcurrency), model }];
}

function budgetOf({ budget, ...planned }: PlannedBudget): TicketBudget {
  const { id, slug, amountNanoUsd, enforcement } = budget;
  return { ...planned, id, slug, amountNanoUsd, enforcement };
}

/** At least one, where the limit itself lets one pass: else batch calls would never run under a small limit. */
function seenBy(priority: Priority, limit: number): number {
  return priority === 'batch' ? Math.min(limit, Math.max(1, Math.floor(limit * 0.9))) : limit;
}
