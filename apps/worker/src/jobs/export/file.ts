import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvStream, type ExportRow, textCell } from '#libs/ledger';

export type ExportFormat = 'csv' | 'jsonl';

/**
 * Writes rows into a file as they come, so of any number in constant memory. The file appears when it is complete; whatever dies
 * before leaves none. Readable by our own user only.
 */
export async function writeExport(
  path: string,
  format: ExportFormat,
  columns: readonly string[],
  rows: AsyncIterable<ExportRow>,
): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const text = format === 'csv' ? csvStream(columns, cells(columns, rows)) : Readable.from(lines(rows));
  try {
    await pipeline(text, createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function* cells(columns: readonly string[], rows: AsyncIterable<ExportRow>): AsyncGenerator<string[]> {
  for await (const row of rows) yield columns.map((column) => cell(row[column]));
}

/** Texts are made safe to open; numbers and amounts stay as they are. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return textCell(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const LINES_PER_CHUNK = 500;

async function* lines(rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  let held: string[] = [];
  for await (const row of rows) {
    held.push(`${JSON.stringify(row)}\n`);
    if (held.length < LINES_PER_CHUNK) continue;
    yield held.join('');
    held = [];
  }
  if (held.length > 0) yield held.join('');
}
