import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import { inTransaction } from './transaction.js';
import { type UsageKey, usageReportIn } from './usage-report.js';

/** An attribute by whose values spending can be told apart. Names as in a budget's scope. */
export type SpentKey = 'team' | 'service' | 'agent' | 'user' | 'route' | 'model' | `tag.${string}`;

export interface SpentQuery {
  readonly organizationId: string;
  readonly by: readonly SpentKey[];
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Calls of which is asked whether they are in the ledger: those whose events may still be on their way. */
  readonly callIds: readonly string[];
}

export interface Spent {
  /** Per combination of values, in the order of `by`. */
  readonly sums: readonly { readonly values: readonly (string | null)[]; readonly costNanoUsd: NanoUsd }[];
  /** Which of `callIds` are in the sums, if their time is within the period. */
  readonly recorded: ReadonlySet<string>;
}

/** No budget has more subjects than this; bounds the memory of one answer. */
const GROUPS_MAX = 1_000_000;

/**
 * What was spent from `from` to `to`, and which calls are in that already, as of one instant. From rollups, and so also after
 * records were dropped, unless users are told apart, which rollups do not do.
 */
export function spentBy(pool: pg.Pool, query: SpentQuery): Promise<Spent> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const sums = query.by.includes('user') ? await fromRecords(client, query) : await fromReport(client, query);
    return { sums, recorded: await recordedOf(client, query) };
  });
}

async function fromReport(client: pg.PoolClient, { organizationId, by, from, to }: SpentQuery): Promise<Spent['sums']> {
  const groupBy = by as readonly UsageKey[];
  const rows = await usageReportIn(client, { organizationId, groupBy, interval: null, from, to, limit: GROUPS_MAX });
  return rows.map(({ keys, costNanoUsd }) => ({ values: keys, costNanoUsd }));
}

const COLUMNS: Record<Exclude<SpentKey, `tag.${string}`>, string> = {
  team: 'team',
  service: 'service',
  agent: 'agent',
  user: 'end_user',
  route: 'route',
  model: 'model',
};

async function fromRecords(
  client: pg.PoolClient,
  { organizationId, by, from, to }: SpentQuery,
): Promise<Spent['sums']> {
  const values: unknown[] = [organizationId, from, to];
  const columns = by.map((key) =>
    key.startsWith('tag.') ? `tags ->> $${values.push(key.slice(4))}` : COLUMNS[key as keyof typeof COLUMNS],
  );
  const { rows } = await client.query<{ values: (string | null)[]; cost: string }>(
    `SELECT ARRAY[${columns.join(', ')}]::text[] AS values, sum(cost_nano_usd)::text AS cost
     FROM usage_records WHERE organization_id = $1 AND at >= $2 AND at < $3 GROUP BY 1`,
    values,
  );
  return rows.map(({ values: found, cost }) => ({ values: found, costNanoUsd: BigInt(cost) }));
}

async function recordedOf(
  client: pg.PoolClient,
  { organizationId, from, to, callIds }: SpentQuery,
): Promise<ReadonlySet<string>> {
  if (callIds.length === 0) return new Set();
  const { rows } = await client.query<{ call_id: string }>(
    'SELECT call_id FROM usage_records WHERE call_id = ANY($1::uuid[]) AND organization_id = $2 AND at >= $3 AND at < $4',
    [callIds, organizationId, from, to],
  );
  return new Set(rows.map(({ call_id }) => call_id));
}
