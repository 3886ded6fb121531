import { formatUsd } from '#libs/core';
import type { PerformanceQuery, UsageKey, UsageQuery, UsageSums } from '#libs/ledger';
import { momentOf } from '../http/instant.js';
import type { PerformanceQueryParameters, UsageQueryParameters, UsageRow } from './usage.dto.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the parameters ask of the ledger; a call that is being recorded right now belongs to "now". */
export function toQuery(
  organizationId: string,
  { groupBy, interval, from, to }: UsageQueryParameters,
  nowMs: number,
): Omit<UsageQuery, 'limit'> {
  const now = new Date(nowMs);
  return {
    organizationId,
    groupBy: [...new Set((groupBy?.split(',') ?? []) as UsageKey[])],
    interval: interval ?? null,
    from: from === undefined ? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())) : momentOf(from),
    to: to === undefined ? new Date(nowMs + HOUR_MS) : momentOf(to),
  };
}

export function toApi(sums: UsageSums, groupBy: readonly string[]): UsageRow {
  return {
    at: sums.at,
    ...Object.fromEntries(groupBy.map((name, index) => [name, sums.keys[index] ?? null])),
    requests: Number(sums.requests),
    errors: Number(sums.errors),
    inputTokens: Number(sums.inputTokens),
    cachedInputTokens: Number(sums.cachedInputTokens),
    cacheWriteTokens: Number(sums.cacheWriteTokens),
    outputTokens: Number(sums.outputTokens),
    reasoningTokens: Number(sums.reasoningTokens),
    audioTokens: Number(sums.audioTokens),
    costUsd: formatUsd(sums.costNanoUsd),
    cachedRequests: Number(sums.cachedRequests),
    savedUsd: formatUsd(sums.savedNanoUsd),
  };
}

export function toPerformanceQuery(
  organizationId: string,
  { interval, from, to }: PerformanceQueryParameters,
  nowMs: number,
): Omit<PerformanceQuery, 'teams'> {
  const end = to === undefined ? new Date(nowMs) : momentOf(to);
  return {
    organizationId,
    interval: interval ?? null,
    from: from === undefined ? new Date(end.getTime() - DAY_MS) : momentOf(from),
    to: end,
  };
}
