import { dayOfText, type ExportFormat, nanoOf } from '../billed-row.js';

/**
 * OpenAI's cost export, grouped by line item: `gpt-4o-mini-2024-07-18, cached input`. Days are UTC. A line item that is no
 * model's (storage, web search) stands as what it is called.
 */
export const openaiCosts: ExportFormat = {
  provider: 'openai',
  columns: ['start_time_iso', 'amount_value', 'line_item'],
  read(cells) {
    const amount = cells['amount_value'] ?? '';
    if (amount.trim() === '') return null;
    if ((cells['amount_currency'] || 'usd').toLowerCase() !== 'usd') throw new RangeError('the amounts are not in USD');
    const item = cells['line_item'] ?? '';
    const costNanoUsd = nanoOf(amount);
    if (item === '' && costNanoUsd !== 0n) throw new RangeError('the export has to be grouped by line item');
    if (item === '') return null;
    return {
      day: dayOfText(cells['start_time_iso']),
      model: item.split(', ', 1)[0] ?? item,
      key: cells['api_key_id'] ?? '',
      measured: { costNanoUsd },
    };
  },
};
