import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { arrayOf, countOf, isObject, objectOf } from '../json/index.js';
import type { JsonObject, Usage } from '../neutral/index.js';
import type { WireUsage } from './types.js';

/** Tokens of audio in a list of `{modality, tokenCount}`. */
function audioIn(details: unknown): number {
  let sum = 0;
  for (const detail of arrayOf(details)) {
    if (isObject(detail) && detail['modality'] === 'AUDIO') sum += countOf(detail['tokenCount']);
  }
  return sum;
}

/**
 * `usageMetadata` (ai.google.dev/api/generate-content#UsageMetadata): the prompt contains what was cached, the candidates
 * do not contain the thoughts, and what server-side tools put into the prompt is counted beside it. Cached audio is
 * counted as cached.
 */
export function decodeUsage(raw: JsonObject): Usage {
  const prompt = countOf(raw['promptTokenCount']);
  const cacheRead = Math.min(prompt, countOf(raw['cachedContentTokenCount']));
  const cachedAudio = audioIn(raw['cacheTokensDetails']);
  const uncached = prompt - cacheRead;
  const audioInput = Math.min(uncached, Math.max(0, audioIn(raw['promptTokensDetails']) - cachedAudio));
  const candidates = countOf(raw['candidatesTokenCount']);
  const audioOutput = Math.min(candidates, audioIn(raw['candidatesTokensDetails']));
  const tokens: TokenCounts = {
    ...NO_TOKENS,
    input: uncached - audioInput + countOf(raw['toolUsePromptTokenCount']),
    cacheRead,
    output: candidates - audioOutput,
    reasoning: countOf(raw['thoughtsTokenCount']),
    audioInput,
    audioOutput,
  };
  return { tokens, raw };
}

/** Some events of a stream carry the object without a count in it: that says nothing yet. */
export const hasCounts = (raw: JsonObject): boolean =>
  'promptTokenCount' in raw || 'candidatesTokenCount' in raw || 'thoughtsTokenCount' in raw || 'totalTokenCount' in raw;

export function usageOf(body: JsonObject): Usage | undefined {
  const raw = objectOf(body['usageMetadata']);
  return hasCounts(raw) ? decodeUsage(raw) : undefined;
}

/** Counts in this dialect's sums. */
export function encodeUsage(tokens: TokenCounts): WireUsage {
  const cached = tokens.cacheRead;
  const prompt = tokens.input + cached + tokens.cacheWrite + tokens.cacheWrite1h + tokens.audioInput;
  const candidates = tokens.output + tokens.audioOutput;
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: candidates,
    ...(cached > 0 ? { cachedContentTokenCount: cached } : {}),
    ...(tokens.reasoning > 0 ? { thoughtsTokenCount: tokens.reasoning } : {}),
    totalTokenCount: prompt + candidates + tokens.reasoning,
  } as WireUsage;
}
