import type { Readable } from 'node:stream';
import { formatUsd } from '#libs/core';
import { csvStream, textCell } from './csv-stream.js';
import type { StatementLine } from './statement-lines.js';

export const CSV_HEADER = [
  'statement_id',
  'period',
  'organization',
  'cost_center',
  'team',
  'service',
  'agent',
  'provider',
  'model',
  'requests',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_usd',
  'adjustment_usd',
  'total_usd',
] as const;

export interface CsvStatement {
  readonly id: string;
  readonly period: string;
  /** Slug. */
  readonly organization: string;
}

/** A statement as CSV, of any length in constant memory; see `csvStream`. */
export function statementCsv(statement: CsvStatement, lines: AsyncIterable<StatementLine>): Readable {
  return csvStream(CSV_HEADER, toRows(statement, lines));
}

async function* toRows(statement: CsvStatement, lines: AsyncIterable<StatementLine>): AsyncGenerator<string[]> {
  for await (const line of lines) yield toRow(statement, line);
}

function toRow(statement: CsvStatement, line: StatementLine): string[] {
  return [
    statement.id,
    statement.period,
    statement.organization,
    ...[line.costCenter, line.team, line.service, line.agent, line.provider, line.model].map(textCell),
    line.requests.toString(),
    line.inputTokens.toString(),
    line.cachedInputTokens.toString(),
    line.cacheWriteTokens.toString(),
    line.outputTokens.toString(),
    line.reasoningTokens.toString(),
    formatUsd(line.costNanoUsd),
    formatUsd(line.adjustmentNanoUsd),
    formatUsd(line.costNanoUsd + line.adjustmentNanoUsd),
  ];
}
