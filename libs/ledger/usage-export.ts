import type pg from 'pg';
import { formatUsd } from '#libs/core';
import { totalInput, totalOutput } from '#libs/metering';
import { dayOf, daysFrom } from './partitions.js';
import { readRequests } from './request-log.js';
import { type UsageKey, usageReport } from './usage-report.js';

/** A row of an export: names and values, in the order of the columns. JSON values as they are. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** What an export covers. */
export interface ExportRange {
  readonly organizationId: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** A row, and the moment up to which (from which backwards, for what comes newest first) everything has been given. */
export interface Exported {
  readonly row: ExportRow;
  readonly at: Date;
}

const PAGE = 2_000;

export const REQUEST_COLUMNS = [
  ...['id', 'request_id', 'at', 'team', 'cost_center', 'service', 'agent', 'session', 'end_user', 'surface', 'route'],
  ...['requested_model', 'model', 'provider', 'upstream_model', 'answered_model', 'status', 'error', 'stream'],
  ...['input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens', 'estimated'],
  ...['orphaned', 'unpriced', 'cost_usd', 'price_version', 'latency_ms', 'first_token_ms', 'cache', 'trace_id'],
  ...['tags', 'attempts', 'findings', 'subject', 'actors'],
] as const;

/** The log of calls, newest first; read in pages, so of any number. */
export async function* exportRequests(
  pool: pg.Pool,
  { organizationId, from, to }: ExportRange,
): AsyncGenerator<Exported> {
  for (let after: { readonly at: Date; readonly callId: string } | null = null; ; ) {
    const page = await readRequests(pool, organizationId, { from, to }, { after, limit: PAGE });
    for (const call of page) yield { at: call.at, row: requestRow(call) };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}

function requestRow(call: Awaited<ReturnType<typeof readRequests>>[number]): ExportRow {
  const { at, team, service, agent, session, surface, route, model, provider, status, error, stream, tokens } = call;
  const { estimated, orphaned, unpriced, cache, tags, attempts, findings, subject, actors } = call;
  return {
    id: call.callId,
    request_id: call.requestId,
    at: at.toISOString(),
    team,
    cost_center: call.costCenter,
    ...{ service, agent, session },
    end_user: call.endUser,
    ...{ surface, route },
    requested_model: call.requestedModel,
    ...{ model, provider },
    upstream_model: call.upstreamModel,
    answered_model: call.answeredModel,
    ...{ status, error, stream },
    input_tokens: totalInput(tokens),
    cached_input_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite + tokens.cacheWrite1h,
    output_tokens: totalOutput(tokens),
    reasoning_tokens: tokens.reasoning,
    ...{ estimated, orphaned, unpriced },
    cost_usd: formatUsd(call.costNanoUsd),
    price_version: call.priceVersion,
    latency_ms: call.latencyMs,
    first_token_ms: call.firstTokenMs,
    cache,
    trace_id: call.traceId,
    ...{ tags, attempts, findings, subject, actors },
  };
}

const USAGE_GROUPS = [
  'team',
  'costCenter',
  'service',
  'agent',
  'route',
  'provider',
  'model',
] as const satisfies UsageKey[];

export const USAGE_COLUMNS = [
  ...['hour', 'team', 'cost_center', 'service', 'agent', 'route', 'provider', 'model', 'requests', 'errors'],
  ...['input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens', 'audio_tokens'],
  'cost_usd',
] as const;

const DAY_MS = 86_400_000;

/** Sums per hour and key, oldest first; read day by day, so of any length. */
export async function* exportUsage(pool: pg.Pool, { organizationId, from, to }: ExportRange): AsyncGenerator<Exported> {
  const count = Math.ceil((to.getTime() - Date.parse(dayOf(from.getTime()))) / DAY_MS);
  for (const day of daysFrom(Date.parse(dayOf(from.getTime())), Math.max(count, 0))) {
    const begin = new Date(Math.max(Date.parse(day), from.getTime()));
    const end = new Date(Math.min(Date.parse(day) + DAY_MS, to.getTime()));
    const query = { organizationId, groupBy: USAGE_GROUPS, interval: 'hour', limit: Number.MAX_SAFE_INTEGER } as const;
    for (const sums of await usageReport(pool, { ...query, from: begin, to: end })) {
      const [team, costCenter, service, agent, route, provider, model] = sums.keys;
      yield {
        at: end,
        row: {
          hour: sums.at?.toISOString(),
          team,
          cost_center: costCenter,
          ...{ service, agent, route, provider, model },
          requests: Number(sums.requests),
          errors: Number(sums.errors),
          input_tokens: Number(sums.inputTokens),
          cached_input_tokens: Number(sums.cachedInputTokens),
          cache_write_tokens: Number(sums.cacheWriteTokens),
          output_tokens: Number(sums.outputTokens),
          reasoning_tokens: Number(sums.reasoningTokens),
          audio_tokens: Number(sums.audioTokens),
          cost_usd: formatUsd(sums.costNanoUsd),
        },
      };
    }
  }
}
