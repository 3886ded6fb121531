import { countOf, dayOfText, type ExportFormat } from '../billed-row.js';

/** Anthropic's usage export (Console, Usage, Export). Days are UTC; kinds of input are disjoint; keys stand by their names. */
export const anthropicUsage: ExportFormat = {
  provider: 'anthropic',
  columns: ['usage_date_utc', 'model_version', 'usage_input_tokens_no_cache', 'usage_output_tokens'],
  read(cells) {
    if (!cells['model_version']) return null;
    const uncached = countOf(cells['usage_input_tokens_no_cache']);
    const cachedInputTokens = countOf(cells['usage_input_tokens_cache_read']);
    const cacheWriteTokens =
      countOf(cells['usage_input_tokens_cache_write_5m']) + countOf(cells['usage_input_tokens_cache_write_1h']);
    return {
      day: dayOfText(cells['usage_date_utc']),
      model: cells['model_version'],
      key: cells['api_key'] ?? '',
      measured: {
        inputTokens: uncached + cachedInputTokens + cacheWriteTokens,
        cachedInputTokens,
        cacheWriteTokens,
        outputTokens: countOf(cells['usage_output_tokens']),
      },
    };
  },
};
