import type pg from 'pg';
import { inTransaction } from '../transaction.js';
import { KEYS, lockSpan, NARROW_KEYS, SUMS } from './span.js';

/** A day or a month, UTC, of an organization. */
export interface RollupSpan {
  readonly organizationId: string;
  readonly span: 'day' | 'month';
  /** ISO 8601: its beginning. */
  readonly begin: string;
}

const SUMMED = SUMS.map((name) => `sum(${name})`).join(', ');

const insert = (source: string): string => `
  INSERT INTO usage_span_rollups (organization_id, span, begin, key_hash, ${KEYS}, ${SUMS.join(', ')})
  SELECT $1::uuid, $2, $3::timestamptz, key_hash, ${KEYS}, ${SUMMED} FROM ${source} GROUP BY key_hash, ${KEYS}`;

/** A day from its hours, a month from its days. */
const FOLD = {
  day: insert(
    `usage_rollups WHERE organization_id = $1 AND hour >= $3 AND hour < $3::timestamptz + interval '24 hours' AND $2 = 'day'`,
  ),
  month: insert(`usage_span_rollups WHERE organization_id = $1 AND span = 'day' AND $2 = 'month' AND begin >= $3
    AND begin < ($3::timestamptz AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'`),
} as const;

/** A day once more by few keys, for reports that need no others: see usage-report.ts. */
const FORGET_NARROW = 'DELETE FROM usage_narrow_rollups WHERE organization_id = $1 AND day = $2';
const NARROW = `
  INSERT INTO usage_narrow_rollups (organization_id, day, ${NARROW_KEYS}, ${SUMS.join(', ')})
  SELECT organization_id, begin, ${NARROW_KEYS}, ${SUMMED} FROM usage_span_rollups
  WHERE organization_id = $1 AND span = 'day' AND begin = $2 GROUP BY organization_id, begin, ${NARROW_KEYS}`;

const MARK_MONTH = `
  INSERT INTO usage_span_pending AS pending (organization_id, span, begin)
  VALUES ($1, 'month', date_trunc('month', $2::timestamptz, 'UTC'))
  ON CONFLICT (organization_id, span, begin) DO UPDATE SET generation = pending.generation + 1`;

/**
 * Computes the rollup of a day from those of its hours, or of a month from its days. Twice, at once or late changes nothing;
 * the mark goes only if nothing below was folded meanwhile. A day marks its month in the same transaction.
 */
export async function foldSpan(pool: pg.Pool, { organizationId, span, begin }: RollupSpan): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockSpan(client, span, organizationId, begin);
    const key = [organizationId, span, begin];
    const generation = await client.query<{ generation: string }>(
      'SELECT generation FROM usage_span_pending WHERE organization_id = $1 AND span = $2 AND begin = $3',
      key,
    );
    await client.query('DELETE FROM usage_span_rollups WHERE organization_id = $1 AND span = $2 AND begin = $3', key);
    await client.query(FOLD[span], key);
    if (span === 'day')
      for (const statement of [FORGET_NARROW, NARROW, MARK_MONTH])
        await client.query(statement, [organizationId, begin]);
    await client.query(
      `DELETE FROM usage_span_pending WHERE organization_id = $1 AND span = $2 AND begin = $3 AND generation = $4`,
      [...key, generation.rows[0]?.generation ?? null],
    );
  });
}

/** Days, and then months, whose rollup is older than what it sums, oldest first, at most `limit`. */
export async function pendingSpans(pool: pg.Pool, limit: number): Promise<RollupSpan[]> {
  const { rows } = await pool.query<{ organization_id: string; span: 'day' | 'month'; begin: Date }>(
    'SELECT organization_id, span, begin FROM usage_span_pending ORDER BY span, begin LIMIT $1',
    [limit],
  );
  return rows.map(({ organization_id, span, begin }) => ({
    organizationId: organization_id,
    span,
    begin: begin.toISOString(),
  }));
}
