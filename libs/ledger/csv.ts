import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { formatUsd } from '#libs/core';
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

const ROWS_PER_CHUNK = 500;

/**
 * A statement as CSV: RFC 4180 (CRLF, quotes doubled), UTF-8 without a byte order mark, a header row. Read as fast as it is
 * written, so of any length in constant memory. An error of `lines` destroys the stream.
 */
export function statementCsv(statement: CsvStatement, lines: AsyncIterable<StatementLine>): Readable {
  return Readable.from(chunks(statement, lines), { objectMode: false });
}

async function* chunks(statement: CsvStatement, lines: AsyncIterable<StatementLine>): AsyncGenerator<string> {
  let rows: (readonly string[])[] = [CSV_HEADER];
  for await (const line of lines) {
    rows.push(toRow(statement, line));
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield write(rows);
    rows = [];
  }
  if (rows.length > 0) yield write(rows);
}

const write = (rows: (readonly string[])[]): string =>
  stringify(rows as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

function toRow(statement: CsvStatement, line: StatementLine): string[] {
  return [
    statement.id,
    statement.period,
    statement.organization,
    ...[line.costCenter, line.team, line.service, line.agent, line.provider, line.model].map(cell),
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

/** What a spreadsheet would take for a formula; full-width forms are folded to these by some. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * A text cell, safe to open: one that would run as a formula is preceded by an apostrophe (OWASP, "CSV Injection"). Only
 * texts: amounts are ours, and a credit must stay a negative number.
 */
function cell(text: string | null): string {
  if (text === null) return '';
  return FORMULA.test(text) ? `'${text}` : text;
}
