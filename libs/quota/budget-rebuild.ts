import { randomUUID } from 'node:crypto';
import type { NanoUsd } from '#libs/core';
import { defineScript, keys, type ScriptHost } from '#libs/redis';
import { alertThresholds } from './alert-threshold.js';
import { budgetCounter } from './budget-counter.js';
import type { Budget } from './limits.js';

/** Which budget to rebuild: its counters of the period that holds a moment. */
export interface RebuildOf {
  readonly organizationId: string;
  readonly budget: Budget;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** A rebuild under way: what the counters said, and which events they had counted, at one instant. */
export interface BudgetRebuild extends RebuildOf {
  readonly token: string;
  /** Counted by then: every event that is in the ledger already, and those in the stream up to this id. Null: none there. */
  readonly lastEvent: string | null;
  /** Per subject: committed minus reserved. */
  readonly seenNanoUsd: ReadonlyMap<string, NanoUsd>;
}

/** How long the ledger may take to answer. */
const TOKEN_LIFE_MS = 120_000;

/**
 * Begins to set the counters of these subjects from the ledger. Calls may go on meanwhile: what they book after this instant
 * stays in the counters. A rebuild of the same budget that began before is overtaken by this one.
 */
export async function beginRebuild(
  redis: ScriptHost,
  of: RebuildOf,
  subjects: readonly string[],
): Promise<BudgetRebuild> {
  const token = randomUUID();
  const [lastEvent, ...counters] = await beginScript(redis, { of, subjects, token });
  const seenNanoUsd = new Map(
    counters.map(([committed, reserved], index) => [
      subjects[index] as string,
      BigInt(committed ?? 0) - BigInt(reserved ?? 0),
    ]),
  );
  return { ...of, token, lastEvent: lastEvent === '' ? null : lastEvent, seenNanoUsd };
}

/**
 * Sets the counters to what was really spent by the instant that the rebuild began, in one atomic step, and declares the
 * budget counted. Running reservations, and what was booked since, stay. A subject without a sum has spent nothing. Alerts
 * at or below a sum count as told. `overtaken`: nothing was changed, because another rebuild has begun or Redis has lost
 * its data in between.
 */
export function finishRebuild(
  redis: ScriptHost,
  rebuild: BudgetRebuild,
  spentNanoUsd: ReadonlyMap<string, NanoUsd>,
): Promise<'rebuilt' | 'overtaken'> {
  return finishScript(redis, { rebuild, spentNanoUsd });
}

/** Declares budgets counted as they stand, without asking the ledger: right only where nothing can have been spent. */
export async function declareCounted(
  redis: ScriptHost,
  organizationId: string,
  budgetIds: readonly string[],
  nowMs: number,
): Promise<void> {
  if (budgetIds.length === 0) return;
  await redis.hset(keys.countedBudgets(organizationId), Object.fromEntries(budgetIds.map((id) => [id, nowMs])));
}

/** Ids of the organization's budgets whose counters are known to hold what was spent. */
export async function countedBudgets(redis: ScriptHost, organizationId: string): Promise<ReadonlySet<string>> {
  return new Set(await redis.hkeys(keys.countedBudgets(organizationId)));
}

const counterKey = ({ organizationId, budget, nowMs }: RebuildOf, subject: string): string =>
  budgetCounter(organizationId, budget, subject, nowMs).key;

type Begun = readonly [lastEvent: string, ...counters: (readonly [string | null, string | null])[]];

const beginScript = defineScript<{ of: RebuildOf; subjects: readonly string[]; token: string }, Begun>({
  files: [new URL('./scripts/rebuild-begin.lua', import.meta.url)],
  keys: ({ of, subjects }) => [
    keys.budgetRebuild(of.organizationId, of.budget.id),
    keys.usage(of.organizationId),
    ...subjects.map((subject) => counterKey(of, subject)),
  ],
  args: ({ token }) => [token, TOKEN_LIFE_MS],
  reply: (raw) => raw as Begun,
});

interface Finishing {
  readonly rebuild: BudgetRebuild;
  readonly spentNanoUsd: ReadonlyMap<string, NanoUsd>;
}

const finishScript = defineScript<Finishing, 'rebuilt' | 'overtaken'>({
  files: [new URL('./scripts/rebuild-finish.lua', import.meta.url)],
  keys: ({ rebuild }) => [
    keys.budgetRebuild(rebuild.organizationId, rebuild.budget.id),
    keys.countedBudgets(rebuild.organizationId),
    ...[...rebuild.seenNanoUsd.keys()].map((subject) => counterKey(rebuild, subject)),
  ],
  args: ({ rebuild, spentNanoUsd }) => {
    const { organizationId, budget, nowMs, token, seenNanoUsd } = rebuild;
    const thresholds = alertThresholds(budget);
    return [
      token,
      budget.id,
      nowMs,
      budgetCounter(organizationId, budget, '', nowMs).expiresAtMs ?? '',
      ...[...seenNanoUsd].flatMap(([subject, seen]) => {
        const spent = spentNanoUsd.get(subject) ?? 0n;
        const due = thresholds.filter(({ amountNanoUsd }) => BigInt(amountNanoUsd) <= spent);
        return [(spent - seen).toString(), due.length, ...due.map(({ share }) => share)];
      }),
    ];
  },
  reply: (raw) => raw as 'rebuilt' | 'overtaken',
});
