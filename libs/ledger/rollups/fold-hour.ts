import type pg from 'pg';
import { API_TOKENS, CACHED } from '../token-sums.js';
import { inTransaction } from '../transaction.js';
import { KEY_HASH, KEYS, lockSpan } from './span.js';

export interface RollupHour {
  readonly organizationId: string;
  /** ISO 8601, UTC, on the hour. */
  readonly hour: string;
}

const FOLD = `
  INSERT INTO usage_rollups (
    organization_id, hour, key_hash, ${KEYS}, requests, errors, input_tokens, cache_read_tokens, cache_write_tokens,
    output_tokens, reasoning_tokens, audio_tokens, cost_nano_usd, cached_requests, saved_nano_usd
  )
  SELECT $1::uuid, $2::timestamptz, ${KEY_HASH}, ${KEYS},
    count(*), count(*) FILTER (WHERE status >= 400),
    sum(${API_TOKENS.input}), sum(${API_TOKENS.cachedInput}), sum(${API_TOKENS.cacheWrite}),
    sum(${API_TOKENS.output}), sum(${API_TOKENS.reasoning}), sum(${API_TOKENS.audio}), sum(cost_nano_usd),
    sum(${CACHED.requests}), sum(${CACHED.savedNanoUsd})
  FROM usage_records
  WHERE organization_id = $1 AND at >= $2 AND at < $2::timestamptz + interval '1 hour'
  GROUP BY ${KEYS}`;

/** The mark says that the day's rollup is older than this hour's. In the same transaction, so that none sees one without the other. */
const MARK_DAY = `
  INSERT INTO usage_span_pending AS pending (organization_id, span, begin)
  VALUES ($1, 'day', date_trunc('day', $2::timestamptz, 'UTC'))
  ON CONFLICT (organization_id, span, begin) DO UPDATE SET generation = pending.generation + 1`;

/** Of hours whose records were deleted nothing but the rollup is left: it must never be computed anew. */
const IS_KEPT = `
  SELECT NOT EXISTS (
    SELECT 1 FROM organization_settings WHERE organization_id = $1 AND records_from > $2::timestamptz
  ) AS kept`;

/**
 * Computes an hour's rollup anew from its records. Running it twice, or in two workers at once, changes nothing; a record
 * that comes late is in the next fold. The hour's mark goes only if no batch arrived since the fold began.
 */
export async function foldHour(pool: pg.Pool, { organizationId, hour }: RollupHour): Promise<void> {
  await inTransaction(pool, async (client) => {
    const key = [organizationId, new Date(hour).toISOString()] as const;
    await lockSpan(client, 'hour', ...key);
    const generation = await client.query<{ generation: string }>(
      'SELECT generation FROM usage_rollup_pending WHERE organization_id = $1 AND hour = $2',
      [...key],
    );
    const { rows } = await client.query<{ kept: boolean }>(IS_KEPT, [...key]);
    if (rows[0]?.kept) {
      await client.query('DELETE FROM usage_rollups WHERE organization_id = $1 AND hour = $2', [...key]);
      await client.query(FOLD, [...key]);
      await client.query(MARK_DAY, [...key]);
    }
    await client.query(
      'DELETE FROM usage_rollup_pending WHERE organization_id = $1 AND hour = $2 AND generation = $3',
      [...key, generation.rows[0]?.generation ?? null],
    );
  });
}

/** Hours whose rollup is older than their records, oldest first, at most `limit`. */
export async function pendingHours(pool: pg.Pool, limit: number): Promise<RollupHour[]> {
  const { rows } = await pool.query<{ organization_id: string; hour: Date }>(
    'SELECT organization_id, hour FROM usage_rollup_pending ORDER BY hour LIMIT $1',
    [limit],
  );
  return rows.map(({ organization_id, hour }) => ({ organizationId: organization_id, hour: hour.toISOString() }));
}
