import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { arrayOf, countOf, isObject, objectOf, textOf } from '../json/index.js';
import type { JsonObject, Usage } from '../neutral/index.js';
import type { WireUsage } from './types.js';

/** Iterations that the top-level counts contain; a compaction or an advisor's turn is billed beside them. */
const COUNTED_ABOVE: ReadonlySet<unknown> = new Set(['message', 'fallback_message']);

/** `input_tokens` leaves out what the cache read and wrote; `output_tokens` contains the thinking. */
function countsOf(raw: JsonObject): TokenCounts {
  const creation = objectOf(raw['cache_creation']);
  const hour = countOf(creation['ephemeral_1h_input_tokens']);
  const written = Math.max(
    countOf(raw['cache_creation_input_tokens']),
    hour + countOf(creation['ephemeral_5m_input_tokens']),
  );
  const output = countOf(raw['output_tokens']);
  const reasoning = Math.min(output, countOf(objectOf(raw['output_tokens_details'])['thinking_tokens']));
  return {
    ...NO_TOKENS,
    input: countOf(raw['input_tokens']),
    cacheRead: countOf(raw['cache_read_input_tokens']),
    cacheWrite: written - hour,
    cacheWrite1h: hour,
    output: output - reasoning,
    reasoning,
  };
}

export function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
    audioInput: a.audioInput + b.audioInput,
    audioOutput: a.audioOutput + b.audioOutput,
  };
}

/**
 * A usage object of the Messages API. Server-side iterations that the sums leave out (compaction, advisor) are added,
 * since they are billed; an advisor's tokens are counted as if the asked model had spent them.
 */
export function decodeUsage(raw: JsonObject): Usage {
  const beside = arrayOf(raw['iterations'])
    .filter(isObject)
    .filter((iteration) => !COUNTED_ABOVE.has(iteration['type']));
  const searches = countOf(objectOf(raw['server_tool_use'])['web_search_requests']);
  const serviceTier = textOf(raw['service_tier']);
  return {
    tokens: beside.map(countsOf).reduce(addTokens, countsOf(raw)),
    ...(serviceTier !== undefined && serviceTier !== 'standard' && { serviceTier }),
    ...(searches > 0 && { toolCalls: { web_search: searches } }),
    raw,
  };
}

/** The usage of a whole answer; undefined when it has none. */
export function usageOf(body: JsonObject): Usage | undefined {
  return isObject(body['usage']) ? decodeUsage(body['usage']) : undefined;
}

/** A later usage object of the same stream over an earlier one: counts are cumulative, absent and null say nothing. */
export function mergeUsage(earlier: JsonObject, later: JsonObject): JsonObject {
  return { ...earlier, ...Object.fromEntries(Object.entries(later).filter(([, value]) => value !== null)) };
}

/** Counts in this dialect's sums. */
export function encodeUsage(tokens: TokenCounts = NO_TOKENS): WireUsage {
  return {
    input_tokens: tokens.input + tokens.audioInput,
    cache_creation_input_tokens: tokens.cacheWrite + tokens.cacheWrite1h,
    cache_read_input_tokens: tokens.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: tokens.cacheWrite, ephemeral_1h_input_tokens: tokens.cacheWrite1h },
    output_tokens: tokens.output + tokens.reasoning + tokens.audioOutput,
    output_tokens_details: tokens.reasoning > 0 ? { thinking_tokens: tokens.reasoning } : null,
    server_tool_use: null,
    service_tier: null,
    inference_geo: null,
    speed: null,
  };
}
