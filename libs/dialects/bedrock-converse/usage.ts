import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { arrayOf, countOf, isObject } from '../json/index.js';
import type { JsonObject, Usage } from '../neutral/index.js';
import type { WireUsage } from './types.js';

/** `inputTokens` leaves out what the cache read and wrote; `cacheDetails` splits the written by their life. */
export function decodeUsage(raw: JsonObject): Usage {
  const written = countOf(raw['cacheWriteInputTokens']);
  const hour = arrayOf(raw['cacheDetails'])
    .filter(isObject)
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, detail) => sum + countOf(detail['inputTokens']), 0);
  const cacheWrite1h = Math.min(written, hour);
  const tokens: TokenCounts = {
    ...NO_TOKENS,
    input: countOf(raw['inputTokens']),
    cacheRead: countOf(raw['cacheReadInputTokens']),
    cacheWrite: written - cacheWrite1h,
    cacheWrite1h,
    output: countOf(raw['outputTokens']),
  };
  return { tokens, raw };
}

export function usageOf(body: JsonObject): Usage | undefined {
  return isObject(body['usage']) ? decodeUsage(body['usage']) : undefined;
}

/** Counts in this dialect's sums. */
export function encodeUsage(tokens: TokenCounts): WireUsage {
  const inputTokens = tokens.input + tokens.audioInput;
  const outputTokens = tokens.output + tokens.reasoning + tokens.audioOutput;
  const cacheWriteInputTokens = tokens.cacheWrite + tokens.cacheWrite1h;
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens + tokens.cacheRead + cacheWriteInputTokens,
    cacheReadInputTokens: tokens.cacheRead,
    cacheWriteInputTokens,
    ...(tokens.cacheWrite1h > 0 ? { cacheDetails: [{ ttl: '1h', inputTokens: tokens.cacheWrite1h }] } : {}),
  };
}
