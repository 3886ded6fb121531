import type { NanoUsd } from '#libs/core';
import type { ScriptHost } from '#libs/redis';
import { budgetCounter } from './budget-counter.js';
import type { Budget } from './limits.js';
import { subjectOf } from './subject.js';

/** Which counter of a budget: the values for the attributes that its scope leaves open with `*`. */
export interface BudgetAddress {
  readonly organizationId: string;
  readonly budget: Budget;
  /** By default that of a scope without `*`. */
  readonly subject?: string;
  /** A moment in the period meant, milliseconds since the epoch. */
  readonly nowMs: number;
}

export interface BudgetState {
  /** Spent and reserved. */
  readonly committedNanoUsd: NanoUsd;
  readonly reservedNanoUsd: NanoUsd;
  /** Null for the period `total`. */
  readonly resetsAtMs: number | null;
}

/** What a budget holds now. Throws RangeError when the scope has a `*` and no subject is given. */
export async function readBudget(redis: ScriptHost, address: BudgetAddress): Promise<BudgetState> {
  const { organizationId, budget, subject, nowMs } = address;
  const { key, resetsAtMs } = budgetCounter(organizationId, budget, subject ?? subjectOf(budget.scope), nowMs);
  const [committed, reserved] = await redis.hmget(key, 'committed', 'reserved');
  return { committedNanoUsd: BigInt(committed ?? 0), reservedNanoUsd: BigInt(reserved ?? 0), resetsAtMs };
}
