import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import { API_TOKENS } from './token-sums.js';

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
] as const;

const ROLLED_UP = `${ATTRIBUTES}, requests, errors, input_tokens, cache_read_tokens AS cached_input_tokens,
    cache_write_tokens, output_tokens, reasoning_tokens, audio_tokens, cost_nano_usd`;

/**
 * From what each hour of the time asked for is read, so that each is read once: the rollup of its month if that is wholly asked
 * for and as new as its days; else that of its day, likewise; else its own; or its records, when these are newer.
 */
const sources = (interval: UsageInterval | null): string => `
  WITH stale AS (
    SELECT date_trunc('day', hour, 'UTC') AS day FROM usage_rollup_pending
    WHERE organization_id = $1 AND hour >= $4 AND hour < $5
    UNION SELECT begin FROM usage_span_pending WHERE organization_id = $1 AND span = 'day' AND begin >= $4 AND begin < $5
  ), days AS (
    SELECT day, date_trunc('month', day, 'UTC') AS month,
      ${interval !== 'hour'} AND day >= $4 AND day + interval '24 hours' <= $5 AND day NOT IN (SELECT day FROM stale) AS whole
    FROM generate_series(date_trunc('day', $4::timestamptz, 'UTC'), $5::timestamptz, interval '24 hours') AS day
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

const FROM_HOURS = `
  SELECT hour AS at, ${ROLLED_UP} FROM usage_rollups AS rollup
  JOIN days ON NOT whole AND hour >= day AND hour < day + interval '24 hours'
  WHERE organization_id = $1 AND hour >= $4 AND hour < $5
    AND hour NOT IN (SELECT hour FROM usage_rollup_pending WHERE organization_id = $1)`;

const fromRecords = (source: string): string => `
  SELECT at, ${ATTRIBUTES}, 1 AS requests, (status >= 400)::int AS errors, ${API_TOKENS.input} AS input_tokens,
    ${API_TOKENS.cachedInput} AS cached_input_tokens, ${API_TOKENS.cacheWrite} AS cache_write_tokens,
    ${API_TOKENS.output} AS output_tokens, ${API_TOKENS.reasoning} AS reasoning_tokens,
    ${API_TOKENS.audio} AS audio_tokens, cost_nano_usd
  FROM ${source}`;

/** Whole hours come from rollups, save those whose rollup is older than their records; these, and the edges, from records. */
const ENTRIES = [
  FROM_MONTHS,
  FROM_DAYS,
  FROM_HOURS,
  fromRecords(`usage_rollup_pending AS pending JOIN usage_records AS record
    ON record.organization_id = pending.organization_id AND at >= hour AND at < hour + interval '1 hour'
  WHERE pending.organization_id = $1 AND hour >= $4 AND hour < $5`),
  fromRecords('usage_records WHERE organization_id = $1 AND at >= $2 AND at < least($4, $3)'),
  fromRecords('usage_records WHERE organization_id = $1 AND at >= greatest($5, $4) AND at < $3'),
].join('\nUNION ALL\n');

/**
 * Sums over the ledger, grouped. One statement sees one state of the database, so every figure equals the sum over its
 * records at that moment, whether or not the worker has folded them.
 */
export async function usageReport(pool: Pick<pg.Pool, 'query'>, query: UsageQuery): Promise<UsageSums[]> {
  const { text, values } = usageSql(query);
  const { rows } = await pool.query<Record<string, string | Date | null>>(text, values);
  return rows.map((row) => toSums(row, query));
}

function usageSql({ organizationId, teams, groupBy, interval, from, to, limit }: UsageQuery): {
  text: string;
  values: unknown[];
} {
  const firstWhole = new Date(Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS);
  const lastWhole = new Date(Math.floor(to.getTime() / HOUR_MS) * HOUR_MS);
  const values: unknown[] = [organizationId, from, to, firstWhole, lastWhole];
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
  const text = `${sources(interval)}
    SELECT ${[...groups, ...sums].join(', ')} FROM (${ENTRIES}) AS entries
    ${teams ? `WHERE team = ANY(${bind(teams)})` : ''}
    ${groups.length > 0 ? `GROUP BY ${positions} ORDER BY ${positions}` : ''}
    LIMIT ${bind(limit)}`;
  return { text, values };
}

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
  };
}
