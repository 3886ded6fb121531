import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { countOf, isObject, objectOf } from '../json/index.js';
import type { JsonObject, Usage } from '../neutral/index.js';
import type { CompletionUsage } from './types.js';

/** The usage of a whole answer or a chunk: at the top, or where Groq puts it in streams. */
export function usageOf(body: JsonObject): Usage | undefined {
  const usage = body['usage'] ?? objectOf(body['x_groq'])['usage'];
  return isObject(usage) ? decodeUsage(usage) : undefined;
}

/**
 * Disjoint counts out of OpenAI's sums. https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage
 * DeepSeek names cached tokens `prompt_cache_hit_tokens`; xAI and some others count reasoning beside `completion_tokens`
 * instead of inside, which the total gives away: https://docs.x.ai/docs/guides/reasoning
 */
export function decodeUsage(raw: JsonObject): Usage {
  const promptDetails = objectOf(raw['prompt_tokens_details'] ?? raw['input_tokens_details']);
  const completionDetails = objectOf(raw['completion_tokens_details'] ?? raw['output_tokens_details']);
  const prompt = countOf(raw['prompt_tokens'] ?? raw['input_tokens']);
  const completion = countOf(raw['completion_tokens'] ?? raw['output_tokens']);
  const total = countOf(raw['total_tokens']);
  const reasoning = countOf(completionDetails['reasoning_tokens'] ?? raw['reasoning_tokens']);
  const cacheRead = countOf(promptDetails['cached_tokens'] ?? raw['prompt_cache_hit_tokens'] ?? raw['cached_tokens']);
  const cacheWrite = countOf(promptDetails['cache_write_tokens']);
  const audioInput = countOf(promptDetails['audio_tokens']);
  const audioOutput = countOf(completionDetails['audio_tokens']);
  const beside = reasoning > 0 && (reasoning > completion || total === prompt + completion + reasoning);
  const tokens: TokenCounts = {
    ...NO_TOKENS,
    input: Math.max(0, prompt - cacheRead - cacheWrite - audioInput),
    cacheRead,
    cacheWrite,
    audioInput,
    output: Math.max(0, completion - audioOutput - (beside ? 0 : reasoning)),
    reasoning,
    audioOutput,
  };
  return { tokens, raw };
}

/** The sums as OpenAI reports them. */
export function encodeUsage({ tokens }: Usage): CompletionUsage {
  const cacheWrite = tokens.cacheWrite + tokens.cacheWrite1h;
  const prompt = tokens.input + tokens.cacheRead + cacheWrite + tokens.audioInput;
  const completion = tokens.output + tokens.reasoning + tokens.audioOutput;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: tokens.cacheRead,
      audio_tokens: tokens.audioInput,
      ...(cacheWrite === 0 ? {} : { cache_write_tokens: cacheWrite }),
    },
    completion_tokens_details: {
      reasoning_tokens: tokens.reasoning,
      audio_tokens: tokens.audioOutput,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
