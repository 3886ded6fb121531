import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Figures } from './measure.js';
import { writeToPage } from './performance-page.js';
import type { Subject } from './subjects.js';

type Key = keyof Figures;

const DIGITS: Readonly<Record<Key, number>> = {
  cpuMicrosPerRequest: 1,
  requestsPerSecond: 0,
  busy: 2,
  addedMsP50: 2,
  addedMsP99: 2,
  cpuMicrosPerEvent: 2,
  cpuMicrosPerTranslatedEvent: 2,
  bytesPerStream: 0,
};

export interface Circumstances {
  /** What load generator and upstream manage alone. */
  readonly directPerSecond: number;
  readonly quick: boolean;
  readonly runs: number;
}

/** Prints the medians, writes bench/results/latest.json and, when not quick, the table of docs/performance.md. */
export async function report(
  all: ReadonlyMap<Subject, readonly Figures[]>,
  { directPerSecond, quick, runs }: Circumstances,
): Promise<void> {
  const subjects = mapValues(all, (runs) => byFigure((key) => atShare(runs, key, 0.5)));
  const spread = mapValues(all, (runs) => byFigure((key) => [atShare(runs, key, 0), atShare(runs, key, 1)] as const));
  const bare = subjects['bare-proxy']?.cpuMicrosPerRequest;
  const rows = Object.entries(subjects).map(([subject, figures]) => ({
    subject,
    'µs/request': figures.cpuMicrosPerRequest,
    '× bare': bare ? Number(((figures.cpuMicrosPerRequest ?? 0) / bare).toFixed(2)) : null,
    'requests/s': figures.requestsPerSecond,
    busy: figures.busy,
    'added ms p50': figures.addedMsP50,
    'added ms p99': figures.addedMsP99,
    'µs/event': figures.cpuMicrosPerEvent,
    'µs/event translated': figures.cpuMicrosPerTranslatedEvent,
    'KB/stream': Number(((figures.bytesPerStream ?? 0) / 1024).toFixed(1)),
  }));
  console.table(rows);
  process.stdout.write(`Load generator and upstream alone: ${Math.round(directPerSecond)} requests/s\n`);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, Node ${process.version}`;
  const date = new Date().toISOString();
  const results = { machine, date, commit, quick, directPerSecond: Math.round(directPerSecond), subjects, spread };
  if (!quick)
    await writeToPage(
      `${machine}; ${date.slice(0, 10)}, commit ${commit}; medians of ${runs} runs. Load generator and upstream alone: ${results.directPerSecond} requests/s.`,
      rows,
    );
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/latest.json', `${JSON.stringify(results, null, 2)}\n`);
}

/** The figure at a share of the sorted runs: 0 the least, 0.5 the median, 1 the most. Null where it was not measured. */
function atShare(runs: readonly Figures[], key: Key, share: number): number | null {
  const values = runs.map((figures) => figures[key]).filter((value) => value !== null);
  const value = values.sort((a, b) => a - b)[Math.round((values.length - 1) * share)];
  return value === undefined ? null : Number(value.toFixed(DIGITS[key]));
}

function byFigure<V>(of: (key: Key) => V): Record<Key, V> {
  return Object.fromEntries(Object.keys(DIGITS).map((key) => [key, of(key as Key)])) as Record<Key, V>;
}

function mapValues<V, W>(values: ReadonlyMap<Subject, V>, of: (value: V) => W): Partial<Record<Subject, W>> {
  return Object.fromEntries([...values].map(([key, value]) => [key, of(value)]));
}
