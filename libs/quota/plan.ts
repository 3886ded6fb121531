import type { CallFacts } from './call-facts.js';
import type { Budget, RateLimit } from './limits.js';

/** One rate limit that binds a call, with the counters of the subject that it binds. A null key: that kind is not limited. */
export interface PlannedLimit {
  readonly limit: RateLimit;
  /** Whose counter: the scope with every `*` replaced by the call's value. */
  readonly subject: string;
  /** The model that the scope names; null when it names none. */
  readonly model: string | null;
  readonly requestsKey: string | null;
  readonly tokensKey: string | null;
  readonly runningKey: string | null;
}

/** One budget that binds a call, with the counter of its subject and period. */
export interface PlannedBudget {
  readonly budget: Budget;
  readonly subject: string;
  /** The model that the scope names; null when it names none. Only what that model answered is booked here. */
  readonly model: string | null;
  readonly key: string;
  readonly periodKey: string;
  /** When Redis may forget the counter, milliseconds since the epoch; null for the period `total`. */
  readonly expiresAtMs: number | null;
}

/** All that an admission has to check and take. Plain data. */
export interface AdmissionPlan {
  readonly organizationId: string;
  readonly limits: readonly PlannedLimit[];
  readonly budgets: readonly PlannedBudget[];
}

/** An organization's limits and budgets, prepared once per snapshot. */
export interface CompiledQuota {
  /** Pure. `nowMs` picks the budget periods. */
  plan(facts: CallFacts, nowMs: number): AdmissionPlan;
}

export function compileQuota(limits: readonly RateLimit[], budgets: readonly Budget[]): CompiledQuota {
  throw new Error(`not laid yet: ${limits.length + budgets.length}`);
}

/** As `compileQuota(limits, budgets).plan(facts, nowMs)`, for a single call. */
export function planAdmission(
  facts: CallFacts,
  limits: readonly RateLimit[],
  budgets: readonly Budget[],
  nowMs: number,
): AdmissionPlan {
  return compileQuota(limits, budgets).plan(facts, nowMs);
}
