import type { Readable } from 'node:stream';
import { formatUsd } from '#libs/core';
import { csvStream, textCell } from '../csv-stream.js';
import { MEASURES, type Measure, type Measured } from './billed-row.js';
import type { ReconciliationLine } from './lines.js';

const NAMES: Record<Measure, string> = {
  requests: 'requests',
  inputTokens: 'input_tokens',
  cachedInputTokens: 'cached_input_tokens',
  cacheWriteTokens: 'cache_write_tokens',
  outputTokens: 'output_tokens',
  costNanoUsd: 'cost_usd',
};

export const RECONCILIATION_CSV_HEADER = [
  'reconciliation_id',
  'day',
  'model',
  'credential',
  'outcome',
  'cause',
  ...MEASURES.map((measure) => `provider_${NAMES[measure]}`),
  ...MEASURES.map((measure) => `ledger_${NAMES[measure]}`),
] as const;

/** A reconciliation's lines as CSV, of any number; see `csvStream`. An empty cell: that side does not say. */
export function reconciliationCsv(id: string, lines: AsyncIterable<ReconciliationLine>): Readable {
  return csvStream(RECONCILIATION_CSV_HEADER, toRows(id, lines));
}

async function* toRows(id: string, lines: AsyncIterable<ReconciliationLine>): AsyncGenerator<string[]> {
  for await (const { day, model, credential, outcome, cause, there, here } of lines)
    yield [id, day, textCell(model), textCell(credential), outcome, cause ?? '', ...cells(there), ...cells(here)];
}

function cells(side: Measured): string[] {
  return MEASURES.map((measure) => {
    const value = side[measure];
    if (value === null) return '';
    return measure === 'costNanoUsd' ? formatUsd(value) : value.toString();
  });
}
