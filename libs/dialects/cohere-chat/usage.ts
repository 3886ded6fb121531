import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { countOf, isObject, objectOf } from '../json/index.js';
import type { JsonObject, Usage } from '../neutral/index.js';

/**
 * Usage in the units that Cohere bills: `tokens` counts its own hidden instructions too, and `cached_tokens` are a part of
 * those (docs.cohere.com/docs/how-does-cohere-pricing-work). Where the billed units are missing, the tokens.
 */
export function decodeUsage(raw: JsonObject): Usage {
  const counted = isObject(raw['billed_units']) ? raw['billed_units'] : objectOf(raw['tokens']);
  const tokens: TokenCounts = {
    ...NO_TOKENS,
    input: countOf(counted['input_tokens']),
    output: countOf(counted['output_tokens']),
  };
  return { tokens, raw };
}

export function usageOf(body: JsonObject): Usage | undefined {
  return isObject(body['usage']) ? decodeUsage(body['usage']) : undefined;
}

/** Counts in this dialect's sums. */
export function encodeUsage(tokens: TokenCounts): JsonObject {
  const sums = {
    input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.cacheWrite1h + tokens.audioInput,
    output_tokens: tokens.output + tokens.reasoning + tokens.audioOutput,
  };
  return { billed_units: sums, tokens: sums, cached_tokens: tokens.cacheRead };
}
