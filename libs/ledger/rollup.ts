import type pg from 'pg';
import { API_TOKENS } from './token-sums.js';
import { inTransaction } from './transaction.js';

export interface RollupHour {
  readonly organizationId: string;
  /** ISO 8601, UTC, on the hour. */
  readonly hour: string;
}

const KEYS = 'team, cost_center, service, agent, route, provider, model, tags';

const FOLD = `
  INSERT INTO usage_rollups (
    organization_id, hour, key_hash, ${KEYS}, requests, errors, input_tokens, cache_read_tokens, cache_write_tokens,
    output_tokens, reasoning_tokens, audio_tokens, cost_nano_usd
  )
  SELECT $1::uuid, $2::timestamptz,
    encode(sha256(convert_to(jsonb_build_array(${KEYS})::text, 'UTF8')), 'hex'), ${KEYS},
    count(*), count(*) FILTER (WHERE status >= 400),
    sum(${API_TOKENS.input}), sum(${API_TOKENS.cachedInput}), sum(${API_TOKENS.cacheWrite}),
    sum(${API_TOKENS.output}), sum(${API_TOKENS.reasoning}), sum(${API_TOKENS.audio}), sum(cost_nano_usd)
  FROM usage_records
  WHERE organization_id = $1 AND at >= $2 AND at < $2::timestamptz + interval '1 hour'
  GROUP BY ${KEYS}`;

/**
 * Computes an hour's rollup anew from its records. Running it twice, or in two workers at once, changes nothing; a record
 * that comes late is in the next fold. The hour's mark goes only if no batch arrived since the fold began.
 */
export async function foldHour(pool: pg.Pool, { organizationId, hour }: RollupHour): Promise<void> {
  await inTransaction(pool, async (client) => {
    const key = [organizationId, new Date(hour).toISOString()];
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('rollup ' || $1 || ' ' || $2, 0))`, key);
    const generation = await client.query<{ generation: string }>(
      'SELECT generation FROM usage_rollup_pending WHERE organization_id = $1 AND hour = $2',
      key,
    );
    await client.query('DELETE FROM usage_rollups WHERE organization_id = $1 AND hour = $2', key);
    await client.query(FOLD, key);
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
