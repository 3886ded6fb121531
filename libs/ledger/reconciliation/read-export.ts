import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { TollgateError } from '#libs/core';
import type { BilledRow, Cells, ExportFormat } from './billed-row.js';

const RECORD_BYTES_MAX = 64 * 1024;

export type Delimiter = ',' | ';' | '\t';

/**
 * The rows of an export, read as they come, so of any number. Throws `invalid_request`, saying what and where, for a file that
 * is no CSV, lacks a column, or has a cell that cannot be read.
 */
export async function* readExport(
  bytes: AsyncIterable<Uint8Array>,
  format: ExportFormat,
  delimiter: Delimiter,
): AsyncGenerator<BilledRow> {
  const records = Readable.from(bytes).pipe(
    parse({
      bom: true,
      delimiter,
      columns: (header: string[]) => columnsOf(header, format),
      max_record_size: RECORD_BYTES_MAX,
      relax_column_count: true,
      skip_empty_lines: true,
    }),
  );
  let row = 1;
  try {
    for await (const cells of records as AsyncIterable<Cells>) {
      row += 1;
      const billed = format.read(cells);
      if (billed !== null) yield billed;
    }
    if (row === 1) requireColumns([], format);
  } catch (cause) {
    throw unreadable(cause, row);
  }
}

function columnsOf(header: readonly string[], format: ExportFormat): string[] {
  const names = header.map((name) => name.trim());
  requireColumns(names, format);
  return names;
}

/** Also refuses a file that holds a header and nothing else, or nothing at all. */
function requireColumns(names: readonly string[], { columns }: ExportFormat): void {
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new RangeError(`the file has no column ${missing.join(', ')} with anything in it`);
}

/** What the file is to blame for; anything else, such as a database that is away, stays what it is. */
function unreadable(cause: unknown, row: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!(cause instanceof RangeError) && !code.startsWith('CSV_')) return cause;
  return new TollgateError('invalid_request', `Row ${row} cannot be read: ${(cause as Error).message}`, {
    param: 'file',
    cause,
  });
}
