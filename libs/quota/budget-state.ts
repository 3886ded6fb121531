import type { NanoUsd } from '#libs/core';
import { defineScript, type ScriptHost } from '#libs/redis';
import { alertThresholds } from './alert-threshold.js';
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

function counterOf({ organizationId, budget, subject, nowMs }: BudgetAddress) {
  return budgetCounter(organizationId, budget, subject ?? subjectOf(budget.scope), nowMs);
}

/** What a budget holds now. Throws RangeError when the scope has a `*` and no subject is given. */
export async function readBudget(redis: ScriptHost, address: BudgetAddress): Promise<BudgetState> {
  const { key, resetsAtMs } = counterOf(address);
  const [committed, reserved] = await redis.hmget(key, 'committed', 'reserved');
  return { committedNanoUsd: BigInt(committed ?? 0), reservedNanoUsd: BigInt(reserved ?? 0), resetsAtMs };
}

export interface LedgerSum {
  /** Σ of the ledger in the budget's scope and period. */
  readonly spentNanoUsd: NanoUsd;
  /** Committed minus reserved, as read from the counter while every event booked so far was in the ledger. */
  readonly seenNanoUsd: NanoUsd;
}

/**
 * Sets what a budget has spent to what its ledger says, with running reservations left in place, in one atomic step.
 * `moved`: a call settled since `seenNanoUsd` was read; nothing was changed, sum the ledger again. Alerts at or below the
 * sum count as told. Throws RangeError as `readBudget`.
 */
export async function restoreBudget(
  redis: ScriptHost,
  address: BudgetAddress,
  sum: LedgerSum,
): Promise<'restored' | 'moved'> {
  const due = alertThresholds(address.budget).filter(({ amountNanoUsd }) => BigInt(amountNanoUsd) <= sum.spentNanoUsd);
  const { key, expiresAtMs } = counterOf(address);
  return restoreScript(redis, { key, expiresAtMs, alerted: due.map(({ share }) => share), ...sum });
}

interface Restoring extends LedgerSum {
  readonly key: string;
  readonly expiresAtMs: number | null;
  /** Shares in thousandths. */
  readonly alerted: readonly number[];
}

const restoreScript = defineScript<Restoring, 'restored' | 'moved'>({
  files: ['decimal', 'restore'].map((name) => new URL(`./scripts/${name}.lua`, import.meta.url)),
  keys: ({ key }) => [key],
  args: ({ spentNanoUsd, seenNanoUsd, expiresAtMs, alerted }) => [
    spentNanoUsd.toString(),
    seenNanoUsd.toString(),
    expiresAtMs ?? '',
    ...alerted,
  ],
  reply: (raw) => raw as 'restored' | 'moved',
});
