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
