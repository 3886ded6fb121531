import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import { inTransaction } from '../transaction.js';

/** An hour, day or month whose rollup does not say what the records say. */
export interface RollupDifference {
  readonly organizationId: string;
  readonly span: 'hour' | 'day' | 'month';
  readonly begin: Date;
  /** By the records; of a day and a month by the rollups below them. */
  readonly expected: RollupSums;
  readonly found: RollupSums;
}

export interface RollupSums {
  readonly requests: bigint;
  readonly costNanoUsd: NanoUsd;
}

const SIDES = `sum(requests) AS requests, sum(cost_nano_usd) AS cost`;

/** Hours of one UTC day, of all organizations: records against rollups. Marked hours and deleted records are not comparable. */
const HOURS = `
  SELECT coalesce(records.organization_id, rollups.organization_id) AS organization_id, 'hour' AS span,
    coalesce(records.begin, rollups.begin) AS begin, records.requests AS expected_requests, records.cost AS expected_cost,
    rollups.requests AS found_requests, rollups.cost AS found_cost
  FROM (
    SELECT organization_id, date_trunc('hour', at, 'UTC') AS begin, count(*) AS requests, sum(cost_nano_usd) AS cost
    FROM usage_records WHERE at >= $1 AND at < $1::timestamptz + interval '24 hours' GROUP BY 1, 2
  ) AS records
  FULL JOIN (
    SELECT organization_id, hour AS begin, ${SIDES} FROM usage_rollups
    WHERE hour >= $1 AND hour < $1::timestamptz + interval '24 hours' GROUP BY 1, 2
  ) AS rollups USING (organization_id, begin)
  WHERE (records.requests, records.cost) IS DISTINCT FROM (rollups.requests, rollups.cost)
    AND NOT EXISTS (
      SELECT 1 FROM usage_rollup_pending AS pending
      WHERE pending.organization_id = coalesce(records.organization_id, rollups.organization_id)
        AND pending.hour = coalesce(records.begin, rollups.begin)
    )
    AND NOT EXISTS (
      SELECT 1 FROM organization_settings AS settings
      WHERE settings.organization_id = coalesce(records.organization_id, rollups.organization_id)
        AND settings.records_from > coalesce(records.begin, rollups.begin)
    )`;

const spans = (
  span: 'day' | 'month',
  below: string,
  above = `usage_span_rollups WHERE span = '${span}' AND begin = $1`,
): string => `
  SELECT coalesce(below.organization_id, above.organization_id) AS organization_id, '${span}' AS span,
    $1::timestamptz AS begin, below.requests AS expected_requests, below.cost AS expected_cost,
    above.requests AS found_requests, above.cost AS found_cost
  FROM (SELECT organization_id, ${SIDES} FROM ${below} GROUP BY 1) AS below
  FULL JOIN (
    SELECT organization_id, ${SIDES} FROM ${above} GROUP BY 1
  ) AS above USING (organization_id)
  WHERE (below.requests, below.cost) IS DISTINCT FROM (above.requests, above.cost)
    AND NOT EXISTS (
      SELECT 1 FROM usage_span_pending AS pending
      WHERE pending.organization_id = coalesce(below.organization_id, above.organization_id)
        AND pending.span = '${span}' AND pending.begin = $1
    )`;

const DAYS = spans('day', `usage_rollups WHERE hour >= $1 AND hour < $1::timestamptz + interval '24 hours'`);
const NARROW_DAYS = spans(
  'day',
  `usage_span_rollups WHERE span = 'day' AND begin = $1`,
  'usage_narrow_rollups WHERE day = $1',
);
const MONTHS = spans(
  'month',
  `usage_span_rollups WHERE span = 'day' AND begin >= $1
    AND begin < ($1::timestamptz AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'`,
);

/** Where rollups differ from what they sum, on one UTC day (`2026-11-28`) of all organizations, as of one instant. */
export function checkDay(pool: pg.Pool, day: string): Promise<RollupDifference[]> {
  return check(pool, [HOURS, DAYS, NARROW_DAYS], `${day}T00:00:00Z`);
}

/** As `checkDay`, for the months' rollups of one month (`2026-11`). */
export function checkMonth(pool: pg.Pool, month: string): Promise<RollupDifference[]> {
  return check(pool, [MONTHS], `${month}-01T00:00:00Z`);
}

/** Has the hour, day or month folded anew. Until then reports of an hour read its records, those of a day its hours. */
export async function markForFolding(
  pool: pg.Pool,
  { organizationId, span, begin }: Pick<RollupDifference, 'organizationId' | 'span' | 'begin'>,
): Promise<void> {
  if (span === 'hour')
    await pool.query(
      `INSERT INTO usage_rollup_pending AS pending (organization_id, hour) VALUES ($1, $2)
       ON CONFLICT (organization_id, hour) DO UPDATE SET generation = pending.generation + 1`,
      [organizationId, begin],
    );
  else
    await pool.query(
      `INSERT INTO usage_span_pending AS pending (organization_id, span, begin) VALUES ($1, $2, $3)
       ON CONFLICT (organization_id, span, begin) DO UPDATE SET generation = pending.generation + 1`,
      [organizationId, span, begin],
    );
}

function check(pool: pg.Pool, queries: readonly string[], begin: string): Promise<RollupDifference[]> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const differences: RollupDifference[] = [];
    for (const query of queries) {
      const { rows } = await client.query<DifferenceRow>(query, [begin]);
      differences.push(...rows.map(toDifference));
    }
    return differences;
  });
}

interface DifferenceRow {
  readonly organization_id: string;
  readonly span: RollupDifference['span'];
  readonly begin: Date;
  readonly expected_requests: string | null;
  readonly expected_cost: string | null;
  readonly found_requests: string | null;
  readonly found_cost: string | null;
}

function toDifference(row: DifferenceRow): RollupDifference {
  return {
    organizationId: row.organization_id,
    span: row.span,
    begin: row.begin,
    expected: { requests: BigInt(row.expected_requests ?? 0), costNanoUsd: BigInt(row.expected_cost ?? 0) },
    found: { requests: BigInt(row.found_requests ?? 0), costNanoUsd: BigInt(row.found_cost ?? 0) },
  };
}
