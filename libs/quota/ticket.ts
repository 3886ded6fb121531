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
  const { windows, running, budgets } = countersOf(plan, priority);
  return {
    organizationId: plan.organizationId,
    callId: demand.callId,
    worstCaseNanoUsd: demand.worstCaseNanoUsd.toString(),
    windows: windows.map((window) => (window.kind === 'tokens' ? { ...window, reserved: tokens } : window)),
    running,
    budgets,
  };
}

type Counters = Pick<Ticket, 'windows' | 'running' | 'budgets'>;

/** What tickets of one plan share. Token windows do not say yet how many tokens. */
const counters: Readonly<Record<Priority, WeakMap<AdmissionPlan, Counters>>> = {
  interactive: new WeakMap(),
  batch: new WeakMap(),
};

function countersOf(plan: AdmissionPlan, priority: Priority): Counters {
  let found = counters[priority].get(plan);
  if (!found) {
    found = {
      windows: plan.limits.flatMap((planned) => windowsOf(planned, priority)),
      running: plan.limits.flatMap((planned) => runningOf(planned, priority)),
      budgets: plan.budgets.map(budgetOf),
    };
    counters[priority].set(plan, found);
  }
  return found;
}

function windowsOf({ limit, model, requestsKey, tokensKey }: PlannedLimit, priority: Priority): TicketWindow[] {
  const windows: TicketWindow[] = [];
  const open = (kind: TicketWindow['kind'], key: string | null, most: number | null) => {
    if (key === null || most === null) return;
    windows.push({ key, kind, limitId: limit.id, limit: seenBy(priority, most), reserved: 1, model });
  };
  open('requests', requestsKey, limit.requestsPerMinute);
  open('tokens', tokensKey, limit.tokensPerMinute);
  return windows;
}

function runningOf({ limit, model, runningKey }: PlannedLimit, priority: Priority): TicketRunning[] {
  if (runningKey === null || limit.maxConcurrency === null) return [];
  return [{ key: runningKey, limitId: limit.id, limit: seenBy(priority, limit.maxConcurrency), model }];
}

function budgetOf({ budget, resetsAtMs, ...planned }: PlannedBudget): TicketBudget {
  const { id, slug, amountNanoUsd, enforcement } = budget;
  return { ...planned, id, slug, amountNanoUsd, enforcement };
}

/** At least one, where the limit itself lets one pass: else batch calls would never run under a small limit. */
function seenBy(priority: Priority, limit: number): number {
  return priority === 'batch' ? Math.min(limit, Math.max(1, Math.floor(limit * 0.9))) : limit;
}

/** The ticket as JSON. What tickets of one plan share is written once. */
export function ticketJson({ organizationId, callId, worstCaseNanoUsd, windows, running, budgets }: Ticket): string {
  const own = JSON.stringify({ organizationId, callId, worstCaseNanoUsd });
  return `${own.slice(0, -1)},"windows":${windowsJson(windows)},"running":${sharedJson(running)},"budgets":${sharedJson(budgets)}}`;
}

const windowsJson = (windows: readonly TicketWindow[]): string =>
  `[${windows.map((window) => (window.kind === 'tokens' ? JSON.stringify(window) : sharedJson(window))).join(',')}]`;

const written = new WeakMap<object, string>();

function sharedJson(value: object): string {
  let json = written.get(value);
  if (json === undefined) {
    json = JSON.stringify(value);
    written.set(value, json);
  }
  return json;
}
