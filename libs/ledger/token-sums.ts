/**
 * Token columns of usage_records as the API counts them: input is all input, of which cached and cache-write are parts, and
 * output all output, of which reasoning is a part. Every report sums these, so that no two disagree.
 */
export const API_TOKENS = {
  input: 'input_tokens + cache_read_tokens + cache_write_tokens + cache_write_1h_tokens + audio_input_tokens',
  cachedInput: 'cache_read_tokens',
  cacheWrite: 'cache_write_tokens + cache_write_1h_tokens',
  output: 'output_tokens + reasoning_tokens + audio_output_tokens',
  reasoning: 'reasoning_tokens',
  audio: 'audio_input_tokens + audio_output_tokens',
} as const;

/** Whether a record is an answer from the cache, as 0 or 1, and what that saved. */
export const CACHED = {
  requests: `(cache IN ('hit', 'semantic-hit'))::int`,
  savedNanoUsd: 'coalesce(saved_nano_usd, 0)',
} as const;
