import { parseArgs } from 'node:util';
import { benchDays, fill } from './fill.js';
import { ask, questionsOf } from './questions.js';
import { timed } from './timing.js';
import { closeMonth, exportRequests, foldAll, ingestRate } from './work.js';
import { startWorld, type World } from './world.js';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000000,10000000' },
    times: { type: 'string', default: '40' },
    ingest: { type: 'string', default: '300000' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const times = Number(values.times);

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const row = (...cells: (string | number)[]): void => say(`| ${cells.join(' | ')} |`);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

await using world = await startWorld();
const days = benchDays(Date.now());
let filled = 0;
for (const size of sizes) {
  say(`\n## ${size.toLocaleString('en')} records\n`);
  const begin = performance.now();
  await fill(world.database.pool, world.organizationId, days, size - filled);
  filled = size;
  say(
    `filled in ${((performance.now() - begin) / 1000).toFixed(0)} s, folded in ${(await foldAll(world)).toFixed(0)} s; ${await sizeOf(world)}\n`,
  );
  row('question', 'p50', 'p95', 'within');
  row('---', '---', '---', '---');
  for (const { name, path, within } of await questionsOf(world, days)) {
    const { p50, p95 } = await timed(times, () => ask(world, path));
    row(name, ms(p50), ms(p95), within === null ? '' : `${within} ms${p95 > within ? ' **missed**' : ''}`);
  }
  row('ingest, records/s', '', (await ingestRate(world, Number(values.ingest))).toFixed(0), 'at least 10,000');
  await foldAll(world);
  row('CSV of calls', ...exported(await exportRequests(world, 'csv', ...spanOf(size))));
  const month = closableMonth(days, size === sizes[0] ? 0 : 1);
  row(`closing ${month}`, '', `${(await closeMonth(world, month)).toFixed(1)} s`, '30 s');
}

/** So many days that they hold a million records. */
function spanOf(size: number): [Date, Date] {
  const count = Math.min(days.length, Math.ceil((1_000_000 / size) * days.length));
  return [new Date(days.at(-count) ?? 0), new Date(Date.parse(days.at(-1) ?? '') + 86_400_000)];
}

function exported({ rows, seconds, workerMb, downloadSeconds, adminMb }: Awaited<ReturnType<typeof exportRequests>>) {
  return [
    `${rows} rows in ${seconds.toFixed(0)} s, worker at most ${workerMb.toFixed(0)} MB`,
    `downloaded in ${downloadSeconds.toFixed(1)} s, admin at most ${adminMb.toFixed(0)} MB`,
    '200 MB',
  ];
}

/** A month that is whole among the days; the second one for the second size, because a month is closed once. */
function closableMonth(among: readonly string[], index: number): string {
  const months = [...new Set(among.map((day) => day.slice(0, 7)))];
  return (
    months.filter((month) => among.includes(`${month}-01`) && month < (among.at(-1) ?? '').slice(0, 7))[index] ?? ''
  );
}

async function sizeOf({ database }: World): Promise<string> {
  const { rows } = await database.pool.query<{ records: string; rollups: string }>(
    `SELECT pg_size_pretty(sum(pg_total_relation_size(relid))) AS records,
       pg_size_pretty(pg_total_relation_size('usage_rollups') + pg_total_relation_size('usage_span_rollups')) AS rollups
     FROM pg_partition_tree('usage_records')`,
  );
  return `records ${rows[0]?.records}, rollups ${rows[0]?.rollups} on disk`;
}
