import type pg from 'pg';
import { dayOf, daysFrom, ensurePartitions } from '#libs/ledger';

const DAY_MS = 86_400_000;
/** What the records are spread over. */
export const WORLD = { days: 90, teams: 30, services: 300, models: 20, customers: 500 } as const;

/**
 * Usage records of one day, made inside Postgres: calls as an organization makes them, more by day than by night. Every service
 * belongs to one team and asks three models over two routes; one call in five names a customer; one in fifty fails.
 */
const FILL_DAY = `
  INSERT INTO usage_records (
    call_id, at, organization_id, request_id, team, cost_center, service, agent, session, end_user, credential_id, surface,
    route, requested_model, model, provider, upstream_model, answered_model, status, error, attempts, stream, input_tokens,
    cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_input_tokens,
    audio_output_tokens, estimated, orphaned, cost_nano_usd, price_version, unpriced, latency_ms, first_token_ms, cache,
    findings, tags, trace_id, provider_credential)
  SELECT uuidv7(at - clock_timestamp()), at, $1::uuid, 'req_' || md5(n::text || $2), 'team-' || (service % ${WORLD.teams}),
    'CC-' || (service % ${WORLD.teams}), 'service-' || service, CASE WHEN service % 5 = 0 THEN 'agent-' || (n % 3) END,
    CASE WHEN service % 5 = 0 THEN 'session-' || (n / 20) END, 'user-' || (n % 4000), 'credential-' || service, 'openai-chat',
    'route-' || route, 'route-' || route, 'model-' || model, 'provider-' || (model % 4), 'upstream-' || model,
    'answered-' || model, CASE WHEN failed THEN 502 ELSE 200 END, CASE WHEN failed THEN 'upstream_error' END,
    jsonb_build_array(jsonb_build_object('model', 'model-' || model, 'outcome', CASE WHEN failed THEN 'error' ELSE 'ok' END, 'ms', 400 + n % 900)),
    n % 2 = 0, 500 + n % 3000, (n % 7) * 100, 0, 0, 50 + n % 800, (n % 3) * 40, 0, 0, false, false,
    (100000 + (n % 3000) * 1000)::bigint, 'catalogue:bench/' || model, false, 400 + n % 900, 120 + n % 300, 'miss', '[]',
    jsonb_build_object('env', (ARRAY['prod', 'prod', 'prod', 'staging'])[1 + n % 4])
      || CASE WHEN n % 5 = 0 THEN jsonb_build_object('customer', 'c-' || floor(random() * ${WORLD.customers})::int) ELSE '{}' END,
    md5('trace' || n || $2), 'credential-' || (model % 4)
  FROM (
    SELECT n, at, service, (service + n % 3 * 7) % ${WORLD.models} AS model, service % 40 * 2 + n % 2 AS route, random() < 0.02 AS failed
    FROM (
      SELECT n, $2::timestamptz + interval '1 day' * power(n::float8 / $3, 1.2) AS at,
        floor(power(random(), 1.5) * ${WORLD.services})::int AS service
      FROM generate_series(0, $3::int - 1) AS n
    ) AS drawn
  ) AS called`;

/** The days that the bench is about: those before today, today not among them. */
export function benchDays(nowMs: number): string[] {
  return daysFrom(Date.parse(dayOf(nowMs)) - WORLD.days * DAY_MS, WORLD.days);
}

/**
 * Adds `records` records of `organizationId`, spread over the days, in the product's partitions, and marks their hours as the
 * ingest does.
 */
export async function fill(
  pool: pg.Pool,
  organizationId: string,
  days: readonly string[],
  records: number,
): Promise<void> {
  await ensurePartitions(pool, days);
  for (const day of days)
    await pool.query(FILL_DAY, [organizationId, `${day}T00:00:00Z`, Math.round(records / days.length)]);
  await pool.query(
    `INSERT INTO usage_rollup_pending AS pending (organization_id, hour)
     SELECT $1, hour FROM generate_series($2::timestamptz, $3::timestamptz + interval '23 hours', interval '1 hour') AS hour
     ON CONFLICT (organization_id, hour) DO UPDATE SET generation = pending.generation + 1`,
    [organizationId, `${days[0]}T00:00:00Z`, `${days.at(-1)}T00:00:00Z`],
  );
  await pool.query('VACUUM ANALYZE usage_records');
}
