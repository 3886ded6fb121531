import { countOf, dayOfText, type ExportFormat } from '../billed-row.js';

/**
 * OpenAI's usage export (platform.openai.com/usage, also of the completions, embeddings and moderations usage API), grouped by
 * model. Days are UTC; input includes what was cached.
 */
export const openaiUsage: ExportFormat = {
  provider: 'openai',
  columns: ['start_time_iso', 'model', 'num_model_requests'],
  read(cells) {
    if (!cells['model']) return requireNone(cells['num_model_requests']);
    return {
      day: dayOfText(cells['start_time_iso']),
      model: cells['model'],
      key: cells['api_key_id'] ?? '',
      measured: {
        requests: countOf(cells['num_model_requests']),
        inputTokens: countOf(cells['input_tokens']),
        cachedInputTokens: countOf(cells['input_cached_tokens']),
        outputTokens: countOf(cells['output_tokens']),
      },
    };
  },
};

/** A day without use has a row without a model. One with use was not grouped by model, and cannot be matched. */
function requireNone(requests: string | undefined): null {
  if (countOf(requests) > 0n) throw new RangeError('the export has to be grouped by model');
  return null;
}
