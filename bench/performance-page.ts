import { readFile, writeFile } from 'node:fs/promises';

const PAGE = 'docs/performance.md';
const BEGIN = '<!-- bench: what follows is written by npm run bench -->';
const END = '<!-- bench: end -->';

/** Puts a measured table into the page, in place of the last one. */
export async function writeToPage(title: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  const after = page.slice(page.indexOf(END));
  await writeFile(PAGE, `${before}\n${title}\n\n${table(rows)}\n${after}`);
}

function table(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]): string => `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(Object.values(row)))].join('\n');
}
