import { dayOfText, type ExportFormat, nanoOf } from '../billed-row.js';

/**
 * Anthropic's cost export (Console, Cost, Export): a row per kind of token, each rounded to a cent, models by their display
 * names (`Claude Haiku 4.5`). Days are UTC.
 */
export const anthropicCosts: ExportFormat = {
  provider: 'anthropic',
  columns: ['usage_date_utc', 'model', 'token_type', 'cost_usd'],
  read(cells) {
    if (!cells['model']) return null;
    return {
      day: dayOfText(cells['usage_date_utc']),
      model: cells['model'],
      key: cells['api_key'] ?? '',
      measured: { costNanoUsd: nanoOf(cells['cost_usd'] ?? '') },
    };
  },
};
