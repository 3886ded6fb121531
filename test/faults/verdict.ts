import { type Ledger, type LedgerRow, sumOf } from '../e2e/ledger.js';
import type { ClientCall, Seen } from './clients.js';

export interface Counted {
  readonly budgetId: string;
  readonly teams: readonly string[];
}

/** What a run has shown. No `violations`: nothing was lost and nothing doubled. */
export interface Verdict {
  readonly violations: readonly string[];
  readonly seen: Readonly<Record<Seen, number>>;
  readonly records: number;
  readonly orphans: number;
  readonly bookedNanoUsd: bigint;
}

/** Compares what clients saw, what the ledger has, and what the counters in Redis say. */
export async function judge(
  calls: readonly ClientCall[],
  ledger: Ledger,
  teams: readonly string[],
  budgets: readonly Counted[],
): Promise<Verdict> {
  const byTeam = new Map<string, readonly LedgerRow[]>();
  for (const team of teams) byTeam.set(team, await ledger.rows(team));
  const rows = [...byTeam.values()].flat();
  const times = new Map<string, LedgerRow[]>();
  for (const row of rows) times.set(row.requestId, [...(times.get(row.requestId) ?? []), row]);

  const violations: string[] = [];
  for (const [requestId, found] of times)
    if (found.length > 1) violations.push(`${requestId} is in the ledger ${found.length} times`);
  for (const { requestId, seen } of calls) {
    const [row] = times.get(requestId) ?? [];
    if (seen === 'answered' && row === undefined) violations.push(`${requestId} was answered and is not in the ledger`);
    if (seen === 'answered' && row?.orphaned) violations.push(`${requestId} was answered and is booked as an orphan`);
  }
  for (const row of rows)
    if (row.orphaned && !row.estimated) violations.push(`${row.requestId} is an orphan and not an estimate`);

  for (const { budgetId, teams: inScope } of budgets) {
    const booked = inScope.reduce((sum, team) => sum + sumOf(byTeam.get(team) ?? []), 0n);
    const { committedNanoUsd, reservedNanoUsd } = await ledger.counter(budgetId);
    if (reservedNanoUsd !== 0n) violations.push(`budget ${budgetId} still reserves ${reservedNanoUsd} nano-USD`);
    if (committedNanoUsd !== booked)
      violations.push(`budget ${budgetId} counts ${committedNanoUsd} nano-USD, the ledger has ${booked}`);
  }
  const leftovers = [...(await ledger.redis.keys('*:reservation:*')), ...(await ledger.redis.keys('*:usage-dead'))];
  violations.push(...leftovers.map((key) => `${key} is left in Redis`));

  const seen: Record<Seen, number> = { answered: 0, refused: 0, broken: 0, left: 0 };
  for (const call of calls) seen[call.seen] += 1;
  return {
    violations,
    seen,
    records: rows.length,
    orphans: rows.filter(({ orphaned }) => orphaned).length,
    bookedNanoUsd: sumOf(rows),
  };
}
