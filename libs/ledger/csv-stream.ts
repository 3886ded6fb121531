import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';

const ROWS_PER_CHUNK = 500;

type Row = readonly string[];

/**
 * Rows as CSV: RFC 4180 (CRLF, quotes doubled), UTF-8 without a byte order mark, a header row. Read as fast as it is written,
 * so of any length in constant memory. An error of `rows` destroys the stream.
 */
export function csvStream(header: Row, rows: AsyncIterable<Row>): Readable {
  return Readable.from(chunks(header, rows), { objectMode: false });
}

async function* chunks(header: Row, rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let held: Row[] = [header];
  for await (const row of rows) {
    held.push(row);
    if (held.length < ROWS_PER_CHUNK) continue;
    yield write(held);
    held = [];
  }
  if (held.length > 0) yield write(held);
}

const write = (rows: readonly Row[]): string =>
  stringify(rows as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

/** What a spreadsheet would take for a formula; full-width forms are folded to these by some. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * A text cell, safe to open: one that would run as a formula is preceded by an apostrophe (OWASP, "CSV Injection"). Only
 * texts: amounts are ours, and a credit must stay a negative number.
 */
export function textCell(text: string | null): string {
  if (text === null) return '';
  return FORMULA.test(text) ? `'${text}` : text;
}
