import { keys } from '#libs/redis';
import { type AlertThreshold, alertThresholds } from './alert-threshold.js';
import { budgetCounter } from './budget-counter.js';
import type { CallFacts } from './call-facts.js';
import type { Budget, RateLimit } from './limits.js';
import { remembered } from './remembered-plans.js';
import { indexByScope } from './scope-index.js';
import { type Subject, subjectMatcher } from './subject.js';

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
  /** When the period ends, milliseconds since the epoch; null for the period `total`. */
  readonly resetsAtMs: number | null;
  /** When Redis may forget the counter, milliseconds since the epoch; null for the period `total`. */
  readonly expiresAtMs: number | null;
  readonly alerts: readonly AlertThreshold[];
}

/** All that an admission has to check and take. Plain data. */
export interface AdmissionPlan {
  readonly organizationId: string;
  readonly limits: readonly PlannedLimit[];
  readonly budgets: readonly PlannedBudget[];
}

/** An organization's limits and budgets, prepared once per snapshot. */
export interface CompiledQuota {
  /** `nowMs` picks the budget periods. The same plan for the same facts, until a period ends. */
  plan(facts: CallFacts, nowMs: number): AdmissionPlan;
}

export function compileQuota(limits: readonly RateLimit[], budgets: readonly Budget[]): CompiledQuota {
  const limitIndex = indexByScope(limits, (limit) => {
    const subjects = subjectMatcher(limit.scope);
    return (facts: CallFacts) => subjects(facts).map((subject) => planLimit(facts.organizationId, limit, subject));
  });
  const budgetIndex = indexByScope(budgets, (budget) => {
    const subjects = subjectMatcher(budget.scope);
    const alerts = alertThresholds(budget);
    return (facts: CallFacts, nowMs: number) =>
      subjects(facts).map(({ name, model }): PlannedBudget => {
        const counter = budgetCounter(facts.organizationId, budget, name, nowMs);
        return { budget, subject: name, model, ...counter, alerts };
      });
  });
  return {
    plan: remembered((facts: CallFacts, nowMs: number) => ({
      organizationId: facts.organizationId,
      limits: limitIndex(facts).flatMap((planFor) => planFor(facts)),
      budgets: budgetIndex(facts).flatMap((planFor) => planFor(facts, nowMs)),
    })),
  };
}

function planLimit(organizationId: string, limit: RateLimit, { name, model }: Subject): PlannedLimit {
  const { id, requestsPerMinute, tokensPerMinute, maxConcurrency } = limit;
  return {
    limit,
    subject: name,
    model,
    requestsKey: requestsPerMinute === null ? null : keys.rateWindow(organizationId, id, 'requests', name),
    tokensKey: tokensPerMinute === null ? null : keys.rateWindow(organizationId, id, 'tokens', name),
    runningKey: maxConcurrency === null ? null : keys.concurrency(organizationId, id, name),
  };
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
