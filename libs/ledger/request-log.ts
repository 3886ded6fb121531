import type pg from 'pg';
import type { NanoUsd, TokenCounts } from '#libs/core';
import type { AttemptRecord, FindingRecord } from '#libs/messages';
import { DECISIONS, type Decision } from './decisions.js';
import { newestWindows, type TimeWindow } from './log-windows.js';

/** A usage record as it is read again. */
export interface LoggedRequest {
  readonly callId: string;
  readonly at: Date;
  readonly requestId: string;
  readonly team: string;
  readonly costCenter: string | null;
  readonly service: string;
  readonly agent: string | null;
  readonly session: string | null;
  readonly endUser: string | null;
  /** On whose behalf, kind and name. */
  readonly subject: string | null;
  /** Services in between, the calling one first. */
  readonly actors: readonly string[] | null;
  readonly surface: string;
  readonly route: string | null;
  readonly requestedModel: string;
  readonly model: string | null;
  readonly provider: string | null;
  readonly upstreamModel: string | null;
  readonly answeredModel: string | null;
  readonly status: number;
  readonly error: string | null;
  readonly attempts: readonly AttemptRecord[];
  readonly stream: boolean;
  readonly tokens: TokenCounts;
  readonly estimated: boolean;
  readonly orphaned: boolean;
  readonly unpriced: boolean;
  readonly costNanoUsd: NanoUsd;
  readonly priceVersion: string | null;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  readonly cache: string;
  readonly savedNanoUsd: NanoUsd;
  readonly findings: readonly FindingRecord[];
  readonly tags: Readonly<Record<string, string>>;
  readonly traceId: string | null;
}

/** A place in the log: everything after it is older. */
export interface LogPosition {
  readonly at: Date;
  readonly callId: string;
}

/** Which requests; what is undefined does not matter. */
export interface RequestFilter {
  /** Those of one of these teams only. */
  readonly teams?: readonly string[] | undefined;
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly agent?: string | undefined;
  readonly route?: string | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly session?: string | undefined;
  readonly endUser?: string | undefined;
  readonly subject?: string | undefined;
  /** What the cache had to do with it: `hit`, `semantic-hit`, `miss`, `bypass`. */
  readonly cache?: string | undefined;
  readonly decision?: Decision | undefined;
  /** HTTP statuses from the first to the second, both included. */
  readonly status?: readonly [number, number] | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  /** All of them, with these values. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** In any part of an id, session, end user, subject, requested model or error, whatever the case. */
  readonly text?: string | undefined;
}

/** Filters by one value, and their columns. */
const EXACT = {
  team: 'team',
  service: 'service',
  agent: 'agent',
  route: 'route',
  provider: 'provider',
  model: 'model',
  session: 'session',
  endUser: 'end_user',
  subject: 'subject',
  cache: 'cache',
} as const;
const SEARCHED = [
  'call_id::text',
  'request_id',
  'trace_id',
  'session',
  'end_user',
  'subject',
  'requested_model',
  'error',
];

/** Requests of an organization, newest first, after a position if given, at most `limit`. */
export async function readRequests(
  pool: pg.Pool,
  organizationId: string,
  filter: RequestFilter,
  { after, limit }: { readonly after: LogPosition | null; readonly limit: number },
): Promise<LoggedRequest[]> {
  const found: LoggedRequest[] = [];
  for (const window of await newestWindows(pool, spanOf(filter, after))) {
    const rest = limit - found.length;
    found.push(...(await readWindow(pool, organizationId, { ...filter, ...window }, { after, limit: rest })));
    if (found.length >= limit) break;
  }
  return found;
}

/** What lies after a position is not newer than it: said by itself, because partitions are chosen by it. */
function spanOf({ from, to }: RequestFilter, after: LogPosition | null): TimeWindow {
  const end = after && new Date(after.at.getTime() + 1);
  return { from: from ?? null, to: end !== null && (to === undefined || end < to) ? end : (to ?? null) };
}

async function readWindow(
  pool: pg.Pool,
  organizationId: string,
  filter: Omit<RequestFilter, 'from' | 'to'> & TimeWindow,
  { after, limit }: { readonly after: LogPosition | null; readonly limit: number },
): Promise<LoggedRequest[]> {
  const values: unknown[] = [organizationId];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['organization_id = $1', ...conditionsOf(filter, bind)];
  if (after) conditions.push(`(at, call_id) < (${bind(after.at)}, ${bind(after.callId)})`);
  const { rows } = await pool.query<RecordRow>(
    `SELECT * FROM usage_records WHERE ${conditions.join(' AND ')}
     ORDER BY at DESC, call_id DESC LIMIT ${bind(limit)}`,
    values,
  );
  return rows.map(toRequest);
}

/** One request by its call id, or null when this organization has none. */
export async function findRequest(
  pool: pg.Pool,
  organizationId: string,
  callId: string,
): Promise<LoggedRequest | null> {
  const { rows } = await pool.query<RecordRow>(
    'SELECT * FROM usage_records WHERE call_id = $1 AND organization_id = $2',
    [callId, organizationId],
  );
  return rows[0] === undefined ? null : toRequest(rows[0]);
}

function conditionsOf(
  filter: Omit<RequestFilter, 'from' | 'to'> & TimeWindow,
  bind: (value: unknown) => string,
): string[] {
  const { teams, decision, status, from, to, tags, text } = filter;
  const exact = Object.entries(EXACT).flatMap(([name, column]) => {
    const value = filter[name as keyof typeof EXACT];
    return value === undefined ? [] : [`${column} = ${bind(value)}`];
  });
  const rest: string[] = [];
  if (teams) rest.push(`team = ANY(${bind(teams)})`);
  if (decision) rest.push(DECISIONS[decision]);
  if (status) rest.push(`status BETWEEN ${bind(status[0])} AND ${bind(status[1])}`);
  if (from) rest.push(`at >= ${bind(from)}`);
  if (to) rest.push(`at < ${bind(to)}`);
  if (tags && Object.keys(tags).length > 0) rest.push(`tags @> ${bind(JSON.stringify(tags))}`);
  if (text) {
    const pattern = bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
    rest.push(`(${SEARCHED.map((column) => `${column} ILIKE ${pattern}`).join(' OR ')})`);
  }
  return [...exact, ...rest];
}

interface RecordRow {
  readonly call_id: string;
  readonly at: Date;
  readonly request_id: string;
  readonly team: string;
  readonly cost_center: string | null;
  readonly service: string;
  readonly agent: string | null;
  readonly session: string | null;
  readonly end_user: string | null;
  readonly subject: string | null;
  readonly actors: string[] | null;
  readonly surface: string;
  readonly route: string | null;
  readonly requested_model: string;
  readonly model: string | null;
  readonly provider: string | null;
  readonly upstream_model: string | null;
  readonly answered_model: string | null;
  readonly status: number;
  readonly error: string | null;
  readonly attempts: AttemptRecord[];
  readonly stream: boolean;
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly cache_write_1h_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
  readonly audio_input_tokens: number;
  readonly audio_output_tokens: number;
  readonly estimated: boolean;
  readonly orphaned: boolean;
  readonly unpriced: boolean;
  readonly cost_nano_usd: string;
  readonly saved_nano_usd: string | null;
  readonly price_version: string | null;
  readonly latency_ms: number;
  readonly first_token_ms: number | null;
  readonly cache: string;
  readonly findings: FindingRecord[];
  readonly tags: Record<string, string>;
  readonly trace_id: string | null;
}

function toRequest(row: RecordRow): LoggedRequest {
  const { at, team, service, agent, session, surface, route, model, provider, status, error, attempts, stream } = row;
  const { estimated, orphaned, unpriced, cache, findings, tags, subject, actors } = row;
  return {
    ...{ at, team, service, agent, session, surface, route, model, provider, status, error, attempts, stream },
    ...{ estimated, orphaned, unpriced, cache, findings, tags, subject, actors },
    callId: row.call_id,
    requestId: row.request_id,
    costCenter: row.cost_center,
    endUser: row.end_user,
    requestedModel: row.requested_model,
    upstreamModel: row.upstream_model,
    answeredModel: row.answered_model,
    tokens: {
      input: row.input_tokens,
      cacheRead: row.cache_read_tokens,
      cacheWrite: row.cache_write_tokens,
      cacheWrite1h: row.cache_write_1h_tokens,
      output: row.output_tokens,
      reasoning: row.reasoning_tokens,
      audioInput: row.audio_input_tokens,
      audioOutput: row.audio_output_tokens,
    },
    costNanoUsd: BigInt(row.cost_nano_usd),
    savedNanoUsd: BigInt(row.saved_nano_usd ?? 0),
    priceVersion: row.price_version,
    latencyMs: row.latency_ms,
    firstTokenMs: row.first_token_ms,
    traceId: row.trace_id,
  };
}
