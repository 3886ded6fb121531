import { NO_TOKENS } from '#libs/core';
import { countOf, isObject, objectOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import type { OperationUsage } from '../operation.js';

/**
 * The usage of images, speech and transcriptions: tokens, with those of sound told apart, or a duration, which no token
 * price pays. https://platform.openai.com/docs/api-reference/audio/transcript-json-object
 */
export function usageOf(body: JsonObject): OperationUsage | undefined {
  const { usage } = body;
  if (!isObject(usage)) return undefined;
  if (usage['type'] === 'duration') return { tokens: NO_TOKENS, units: 1, inTokens: false };
  const details = objectOf(usage['input_token_details'] ?? usage['input_tokens_details']);
  const audioInput = countOf(details['audio_tokens']);
  const cacheRead = countOf(details['cached_tokens']);
  const tokens = {
    ...NO_TOKENS,
    input: Math.max(0, countOf(usage['input_tokens']) - audioInput - cacheRead),
    audioInput,
    cacheRead,
    output: countOf(usage['output_tokens']),
  };
  return { tokens, units: 1, inTokens: true };
}
