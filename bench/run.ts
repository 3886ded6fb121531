import { pin, startChild } from './child.js';
import { LOAD_CORE, type Target } from './load.js';
import { directRate, type Effort, type Figures, measure } from './measure.js';
import { report } from './report.js';
import { PROCESSES, SUBJECTS, type Subject, start } from './subjects.js';

/**
 * `npm run bench [-- --quick | --runs=N]`: every subject before the same upstream in one run, so that the ratios hold although the
 * machine is shared. Five runs each, medians; `--quick` takes one short run. Prints a table, writes bench/results/latest.json,
 * and, when not quick, the table in docs/performance.md.
 */
const quick = process.argv.includes('--quick');
const wanted = Number(process.argv.find((each) => each.startsWith('--runs='))?.slice('--runs='.length) ?? 5);
const runs = quick ? 1 : wanted;
const effort: Effort = quick
  ? { seconds: 4, streams: 200, openStreams: 300 }
  : { seconds: 10, streams: 600, openStreams: 1_000 };

async function main(): Promise<void> {
  // Whatever else runs here, Redis included, shares the load generator's core; subjects get the other.
  pin(process.pid, LOAD_CORE);
  await using provider = await startChild(`${PROCESSES}upstream.mjs`, [], {}, LOAD_CORE);
  const upstream: Target = { origin: `http://127.0.0.1:${provider.port}`, headers: {} };
  const directPerSecond = await directRate(upstream, effort.seconds);
  const all = new Map<Subject, Figures[]>();
  for (let run = 1; run <= runs; run++) {
    for (const subject of SUBJECTS) {
      note(`run ${run} of ${runs}: ${subject} …`);
      await using running = await start(subject, upstream.origin);
      if (!running) continue;
      const { child, target } = running;
      const translates = subject.startsWith('tollgate');
      const figures = await measure(child, target, upstream, translates, effortFor(subject));
      all.set(subject, [...(all.get(subject) ?? []), figures]);
    }
  }
  await report(all, { directPerSecond, quick, runs });
}

/** Streams through Portkey take long and come out the same. */
const effortFor = (subject: Subject): Effort =>
  subject === 'portkey' ? { ...effort, streams: Math.ceil(effort.streams / 4) } : effort;

const note = (line: string): boolean => process.stderr.write(`${line}\n`);

await main();
