import type pg from 'pg';

export type PerformanceInterval = 'minute' | 'hour' | 'day';

export interface PerformanceQuery {
  readonly organizationId: string;
  /** Calls of these teams only. */
  readonly teams?: readonly string[] | undefined;
  /** Null: one answer for the whole time. */
  readonly interval: PerformanceInterval | null;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** How fast calls were answered in one interval. Times in milliseconds; null where no call has any. */
export interface Performance {
  /** Beginning of the interval, UTC; null when the whole time was asked for. */
  readonly at: Date | null;
  readonly requests: number;
  readonly errors: number;
  /** Answered by the cache. */
  readonly cacheHits: number;
  readonly latencyMsP50: number | null;
  readonly latencyMsP95: number | null;
  readonly firstTokenMsP50: number | null;
  readonly firstTokenMsP95: number | null;
}

/**
 * Percentiles over the records, exact: the smallest duration that the share of calls did not exceed. Calls are first
 * counted by duration, of which there are few thousand different ones, so that a million of calls need not be sorted.
 */
export async function performanceReport(
  pool: Pick<pg.Pool, 'query'>,
  { organizationId, teams, interval, from, to }: PerformanceQuery,
): Promise<Performance[]> {
  const values: unknown[] = [organizationId, from, to];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const at = interval === null ? 'NULL::timestamptz' : `date_trunc(${bind(interval)}, at, 'UTC')`;
  const calls = `FROM usage_records WHERE organization_id = $1 AND at >= $2 AND at < $3
    ${teams ? `AND team = ANY(${bind(teams)})` : ''}`;
  const { rows } = await pool.query<PerformanceRow>(
    `WITH latencies AS (
       SELECT ${at} AS at, latency_ms AS ms, count(*) AS calls, count(*) FILTER (WHERE status >= 400) AS errors,
         count(*) FILTER (WHERE cache IN ('hit', 'semantic-hit')) AS hits
       ${calls} GROUP BY 1, 2
     ), first_tokens AS (
       SELECT ${at} AS at, first_token_ms AS ms, count(*) AS calls
       ${calls} AND first_token_ms IS NOT NULL GROUP BY 1, 2
     ), sums AS (
       SELECT at, sum(calls)::float8 AS requests, sum(errors)::float8 AS errors, sum(hits)::float8 AS hits
       FROM latencies GROUP BY at
     ), latency AS (${percentiles('latencies')}), first_token AS (${percentiles('first_tokens')})
     SELECT sums.*, latency.p50 AS latency_p50, latency.p95 AS latency_p95,
       first_token.p50 AS first_token_p50, first_token.p95 AS first_token_p95
     FROM sums JOIN latency ON latency.at IS NOT DISTINCT FROM sums.at
     LEFT JOIN first_token ON first_token.at IS NOT DISTINCT FROM sums.at
     ORDER BY at`,
    values,
  );
  return rows.map(toPerformance);
}

/** Of durations with their counts: the smallest within which 50 % and 95 % of the calls of an interval were. */
const percentiles = (counted: string): string => `
  SELECT at, min(ms) FILTER (WHERE below >= 0.5 * total) AS p50, min(ms) FILTER (WHERE below >= 0.95 * total) AS p95
  FROM (SELECT at, ms, sum(calls) OVER (PARTITION BY at ORDER BY ms) AS below, sum(calls) OVER (PARTITION BY at) AS total
    FROM ${counted}) AS cumulated GROUP BY at`;

interface PerformanceRow {
  readonly at: Date | null;
  readonly requests: number;
  readonly errors: number;
  readonly hits: number;
  readonly latency_p50: number | null;
  readonly latency_p95: number | null;
  readonly first_token_p50: number | null;
  readonly first_token_p95: number | null;
}

function toPerformance(row: PerformanceRow): Performance {
  return {
    at: row.at,
    requests: row.requests,
    errors: row.errors,
    cacheHits: row.hits,
    latencyMsP50: row.latency_p50,
    latencyMsP95: row.latency_p95,
    firstTokenMsP50: row.first_token_p50,
    firstTokenMsP95: row.first_token_p95,
  };
}
