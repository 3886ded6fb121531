import { keys } from '#libs/redis';
import { periodOf } from './budget-period.js';
import type { Budget } from './limits.js';

/** Where a budget of one subject is counted in the period that holds a moment. */
export interface BudgetCounter {
  readonly key: string;
  readonly periodKey: string;
  /** When the period ends, milliseconds since the epoch; null for the period `total`. */
  readonly resetsAtMs: number | null;
  /** When Redis may forget the counter, milliseconds since the epoch; null for the period `total`. */
  readonly expiresAtMs: number | null;
}

/** Calls that run across the end of a period settle into the old one, and the admin API still shows it for a while. */
const KEPT_AFTER_PERIOD_MS = 40 * 24 * 3_600_000;

export function budgetCounter(organizationId: string, budget: Budget, subject: string, nowMs: number): BudgetCounter {
  const period = periodOf(budget.period, budget.timezone, nowMs);
  return {
    key: keys.budget(organizationId, budget.id, subject, period.key),
    periodKey: period.key,
    resetsAtMs: period.endMs,
    expiresAtMs: period.endMs === null ? null : period.endMs + KEPT_AFTER_PERIOD_MS,
  };
}
