import type pg from 'pg';

/** What usage is attributed to: the keys of every rollup. */
export const KEYS = 'team, cost_center, service, agent, route, provider, model, tags';

/** The few keys of the narrow rollups of days. */
export const NARROW_KEYS = 'team, cost_center, provider, model';

/** One text for all keys, so that null values take part in a primary key. */
export const KEY_HASH = `encode(sha256(convert_to(jsonb_build_array(${KEYS})::text, 'UTF8')), 'hex')`;

export const SUMS = [
  'requests',
  'errors',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'audio_tokens',
  'cost_nano_usd',
  'cached_requests',
  'saved_nano_usd',
] as const;

/** One at a time folds one hour, day or month of an organization; until the transaction ends. */
export async function lockSpan(
  client: pg.PoolClient,
  span: string,
  organizationId: string,
  begin: string,
): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `rollup ${span} ${organizationId} ${begin}`,
  ]);
}
