import { isObject, objectOf } from '../json/index.js';
import type { JsonObject, Usage } from '../neutral/index.js';
import { decodeUsage } from '../openai-chat/usage.js';
import type { ResponseUsage } from './types.js';

/** The usage of a response, or of an event that carries one. Input and output are sums, as in chat completions. */
export function usageOf(body: JsonObject): Usage | undefined {
  const usage = body['usage'] ?? objectOf(body['response'])['usage'];
  return isObject(usage) ? decodeUsage(usage) : undefined;
}

export function encodeUsage({ tokens }: Usage): ResponseUsage {
  const cacheWrite = tokens.cacheWrite + tokens.cacheWrite1h;
  const input = tokens.input + tokens.cacheRead + cacheWrite + tokens.audioInput;
  const output = tokens.output + tokens.reasoning + tokens.audioOutput;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: tokens.cacheRead, cache_write_tokens: cacheWrite },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: input + output,
  };
}
