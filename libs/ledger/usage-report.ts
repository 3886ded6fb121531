import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import { API_TOKENS, CACHED } from './token-sums.js';
import { inTransaction } from './transaction.js';

export type UsageInterval = 'hour' | 'day' | 'month';

/** What usage can be grouped by; `tag.<key>` groups by the value of a tag. */
export const USAGE_KEYS = {
  team: 'team',
  costCenter: 'cost_center',
  service: 'service',
  agent: 'agent',
  route: 'route',
  provider: 'provider',
  model: 'model',
} as const;

export type UsageKey = keyof typeof USAGE_KEYS | `tag.${string}`;

export interface UsageQuery {
  readonly organizationId: string;
  /** Usage of these teams only. */
  readonly teams?: readonly string[] | undefined;
  readonly groupBy: readonly UsageKey[];
  /** Null: one row per group for the whole time. */
  readonly interval: UsageInterval | null;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Most rows to answer with. */
  readonly limit: number;
}

/** Sums of one group in one interval. Tokens as the API counts them. */
export interface UsageSums {
  /** Beginning of the interval, UTC. */
  readonly at: Date | null;
  /** In the order of `groupBy`. */
  readonly keys: readonly (string | null)[];
  readonly requests: bigint;
  readonly errors: bigint;
  readonly inputTokens: bigint;
  readonly cachedInputTokens: bigint;
  readonly cacheWriteTokens: bigint;
  readonly outputTokens: bigint;
  readonly reasoningTokens: bigint;
  readonly audioTokens: bigint;
  readonly costNanoUsd: NanoUsd;
  /** Answers from the cache. */
  readonly cachedRequests: bigint;
  readonly savedNanoUsd: NanoUsd;
}

const HOUR_MS = 3_600_000;
const ATTRIBUTES = 'team, cost_center, service, agent, route, provider, model, tags';
const SUMS = [
  'requests',
  'errors',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'audio_tokens',
  'cost_nano_usd',
  'cached_requests',
  'saved_nano_usd',
] as const;

const ROLLED_UP = `${ATTRIBUTES}, requests, errors, input_tokens, cache_read_tokens AS cached_input_tokens,
    cache_write_tokens, output_tokens, reasoning_tokens, audio_tokens, cost_nano_usd, cached_requests, saved_nano_usd`;

/**
 * From what each hour of the time asked for is read, so that each is read once: the rollup of its month if that is wholly asked
 * for and as new as its days; else that of its day, likewise; else its own; or its records, when these are newer.
 */
const sources = (interval: UsageInterval | null): string => `
  WITH stale AS (
    SELECT date_trunc('day', hour, 'UTC') AS day FROM usage_rollup_pending
    WHERE organization_id = $1 AND hour >= $2 AND hour < $3
    UNION SELECT begin FROM usage_span_pending WHERE organization_id = $1 AND span = 'day' AND begin >= $2 AND begin < $3
  ), days AS (
    SELECT day, date_trunc('month', day, 'UTC') AS month,
      ${interval !== 'hour'} AND day >= $2 AND day + interval '24 hours' <= $3 AND day NOT IN (SELECT day FROM stale) AS whole
    FROM generate_series(date_trunc('day', $2::timestamptz, 'UTC'), $3::timestamptz, interval '24 hours') AS day
  ), months AS (
    SELECT month FROM days
    WHERE ${interval !== 'hour' && interval !== 'day'}
    GROUP BY month
    HAVING bool_and(whole)
      AND count(*) = (month AT TIME ZONE 'UTC' + interval '1 month')::date - (month AT TIME ZONE 'UTC')::date
      AND month NOT IN (SELECT begin FROM usage_span_pending WHERE organization_id = $1 AND span = 'month')
  )`;

const FROM_MONTHS = `
  SELECT begin AS at, ${ROLLED_UP} FROM usage_span_rollups
  WHERE organization_id = $1 AND span = 'month' AND begin IN (SELECT month FROM months)`;

const FROM_DAYS = `
  SELECT begin AS at, ${ROLLED_UP} FROM usage_span_rollups
  WHERE organization_id = $1 AND span = 'day'
    AND begin IN (SELECT day FROM days WHERE whole AND month NOT IN (SELECT month FROM months))`;

/** What {@link NARROW} keys are enough for: some hundred rows a day instead of tens of thousands. */
const FROM_NARROW_DAYS = `
  SELECT day AS at, team, cost_center, NULL AS service, NULL AS agent, NULL AS route, provider, model, NULL::jsonb AS tags,
    requests, errors, input_tokens, cache_read_tokens AS cached_input_tokens, cache_write_tokens, output_tokens,
    reasoning_tokens, audio_tokens, cost_nano_usd, cached_requests, saved_nano_usd
  FROM usage_narrow_rollups JOIN days USING (day) WHERE organization_id = $1 AND whole`;

const NARROW: ReadonlySet<UsageKey> = new Set(['team', 'costCenter', 'provider', 'model']);

const FROM_HOURS = `
  SELECT hour AS at, ${ROLLED_UP} FROM usage_rollups AS rollup
  JOIN days ON NOT whole AND hour >= day AND hour < day + interval '24 hours'
  WHERE organization_id = $1 AND hour >= $2 AND hour < $3
    AND hour NOT IN (SELECT hour FROM usage_rollup_pending WHERE organization_id = $1)`;

const fromRecords = (source: string): string => `
  SELECT at, ${ATTRIBUTES}, 1 AS requests, (status >= 400)::int AS errors, ${API_TOKENS.input} AS input_tokens,
    ${API_TOKENS.cachedInput} AS cached_input_tokens, ${API_TOKENS.cacheWrite} AS cache_write_tokens,
    ${API_TOKENS.output} AS output_tokens, ${API_TOKENS.reasoning} AS reasoning_tokens,
    ${API_TOKENS.audio} AS audio_tokens, cost_nano_usd, ${CACHED.requests} AS cached_requests,
    ${CACHED.savedNanoUsd} AS saved_nano_usd
  FROM ${source}`;

/**
 * Sums over the ledger, grouped, as of one instant: every figure equals the sum over its records at that moment, whether or not
 * the worker has folded them.
 */
export function usageReport(pool: pg.Pool, query: UsageQuery): Promise<UsageSums[]> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return usageReportIn(client, query);
  });
}

/** As {@link usageReport}, in a transaction that sees one instant. */
export async function usageReportIn(client: pg.PoolClient, query: UsageQuery): Promise<UsageSums[]> {
  const span = wholeHours(query);
  const { text, values } = usageSql(query, span, await staleHours(client, query.organizationId, span));
  const { rows } = await client.query<Record<string, string | Date | null>>(text, values);
  return rows.map((row) => toSums(row, query));
}

/** The time asked for, and the first and last whole hour boundary within. Within one hour the first is after the last. */
interface WholeHours {
  readonly from: Date;
  readonly to: Date;
  readonly firstWhole: Date;
  readonly lastWhole: Date;
}

const wholeHours = ({ from, to }: UsageQuery): WholeHours => ({
  from,
  to,
  firstWhole: new Date(Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS),
  lastWhole: new Date(Math.floor(to.getTime() / HOUR_MS) * HOUR_MS),
});

interface Stale {
  readonly first: Date | null;
  readonly last: Date | null;
}

/** The first and last hour whose records are newer than their rollup: partitions are chosen by what is said here. */
async function staleHours(
  client: pg.PoolClient,
  organizationId: string,
  { firstWhole, lastWhole }: WholeHours,
): Promise<Stale> {
  const { rows } = await client.query<Stale>(
    `SELECT min(hour) AS first, max(hour) AS last FROM usage_rollup_pending
     WHERE organization_id = $1 AND hour >= $2 AND hour < $3`,
    [organizationId, firstWhole, lastWhole],
  );
  return rows[0] ?? { first: null, last: null };
}

function usageSql(
  { organizationId, teams, groupBy, interval, limit }: UsageQuery,
  span: WholeHours,
  stale: Stale,
): { text: string; values: unknown[] } {
  const values: unknown[] = [organizationId, span.firstWhole, span.lastWhole];
  const bind = (value: unknown): string => `$${values.push(value)}`;

  const keys = groupBy.map((key, index) => {
    const column = key.startsWith('tag.')
      ? `tags ->> ${bind(key.slice(4))}`
      : USAGE_KEYS[key as keyof typeof USAGE_KEYS];
    return `${column} AS key_${index}`;
  });
  const at = interval === null ? [] : [`date_trunc(${bind(interval)}, at, 'UTC') AS interval_at`];
  const groups = [...at, ...keys];
  const sums = SUMS.map((name) => `coalesce(sum(${name}), 0)::text AS ${name}`);
  const positions = groups.map((_, index) => String(index + 1)).join(', ');
  const isNarrow = interval !== 'hour' && groupBy.every((key) => NARROW.has(key));
  const entries = [
    ...(isNarrow ? [FROM_NARROW_DAYS] : [FROM_MONTHS, FROM_DAYS]),
    FROM_HOURS,
    ...staleRecords(stale, bind),
    ...edgeRecords(span, bind),
  ].join('\nUNION ALL\n');
  const text = `${sources(interval)}
    SELECT ${[...groups, ...sums].join(', ')} FROM (${entries}) AS entries
    ${teams ? `WHERE team = ANY(${bind(teams)})` : ''}
    ${groups.length > 0 ? `GROUP BY ${positions} ORDER BY ${positions}` : ''}
    LIMIT ${bind(limit)}`;
  return { text, values };
}

/** The records of hours whose rollup is older than them. */
function staleRecords({ first, last }: Stale, bind: (value: unknown) => string): string[] {
  if (first === null || last === null) return [];
  const end = new Date(last.getTime() + HOUR_MS);
  return [
    fromRecords(`usage_records AS record
    WHERE organization_id = $1 AND at >= ${bind(first)} AND at < ${bind(end)}
      AND date_trunc('hour', at, 'UTC') IN (
        SELECT hour FROM usage_rollup_pending WHERE organization_id = $1 AND hour >= $2 AND hour < $3)`),
  ];
}

/** The records of the hours that are asked for in part: at the beginning, and at the end if that is another hour. */
function edgeRecords(span: WholeHours, bind: (value: unknown) => string): string[] {
  const { from, to, firstWhole, lastWhole } = span;
  const edges = [
    [from, earlier(firstWhole, to)],
    [later(lastWhole, firstWhole), to],
  ] as const;
  return edges
    .filter(([begin, end]) => begin < end)
    .map(([begin, end]) =>
      fromRecords(`usage_records WHERE organization_id = $1 AND at >= ${bind(begin)} AND at < ${bind(end)}`),
    );
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const later = (a: Date, b: Date): Date => (a > b ? a : b);

function toSums(row: Readonly<Record<string, string | Date | null>>, { groupBy }: UsageQuery): UsageSums {
  const sum = (name: (typeof SUMS)[number]): bigint => BigInt(String(row[name]));
  const at = row['interval_at'];
  return {
    at: at instanceof Date ? at : null,
    keys: groupBy.map((_, index) => {
      const key = row[`key_${index}`];
      return typeof key === 'string' ? key : null;
    }),
    requests: sum('requests'),
    errors: sum('errors'),
    inputTokens: sum('input_tokens'),
    cachedInputTokens: sum('cached_input_tokens'),
    cacheWriteTokens: sum('cache_write_tokens'),
    outputTokens: sum('output_tokens'),
    reasoningTokens: sum('reasoning_tokens'),
    audioTokens: sum('audio_tokens'),
    costNanoUsd: sum('cost_nano_usd'),
    cachedRequests: sum('cached_requests'),
    savedNanoUsd: sum('saved_nano_usd'),
  };
}
