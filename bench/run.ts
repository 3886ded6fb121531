import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { startChild } from './child.js';
import { LOAD_CORE, SUBJECT_CORE } from './load.js';
import { directLatencies, type Effort, type Figures, measure } from './measure.js';
import { startPortkey } from './portkey.js';
import { startTollgate } from './tollgate.js';

/**
 * `npm run bench [-- --quick]`: every subject before the same upstream in one run, so that the ratios hold although the
 * machine is shared. Five runs each, medians; `--quick` takes one short run. Prints a table and writes
 * bench/results/latest.json.
 */
const SUBJECTS = ['bare-proxy', 'portkey', 'tollgate-min', 'tollgate-full'] as const;
type Subject = (typeof SUBJECTS)[number];

const quick = process.argv.includes('--quick');
const runs = quick ? 1 : 5;
const effort: Effort = quick
  ? { seconds: 4, streams: 200, openStreams: 300 }
  : { seconds: 10, streams: 600, openStreams: 1_000 };
const processes = new URL('../../bench/processes/', import.meta.url).pathname;

async function main(): Promise<void> {
  await using upstream = await startChild(`${processes}upstream.mjs`, [], {}, LOAD_CORE);
  const upstreamUrl = `http://127.0.0.1:${upstream.port}`;
  const direct = await directLatencies({ url: `${upstreamUrl}/v1/chat/completions`, headers: {} }, effort);
  const all = new Map<Subject, Figures[]>();
  for (let run = 1; run <= runs; run++) {
    for (const subject of SUBJECTS) {
      process.stderr.write(`run ${run} of ${runs}: ${subject} …\n`);
      const figures = await measureSubject(subject, upstreamUrl, direct);
      if (figures) all.set(subject, [...(all.get(subject) ?? []), figures]);
    }
  }
  const medians = Object.fromEntries([...all].map(([subject, figures]) => [subject, median(figures)]));
  await report(medians);
}

async function measureSubject(
  subject: Subject,
  upstreamUrl: string,
  direct: readonly number[],
): Promise<Figures | null> {
  if (subject === 'bare-proxy') {
    await using proxy = await startChild(
      `${processes}bare-proxy.mjs`,
      [],
      { BENCH_UPSTREAM: upstreamUrl },
      SUBJECT_CORE,
    );
    return await measure(
      proxy,
      { url: `http://127.0.0.1:${proxy.port}/v1/chat/completions`, headers: {} },
      direct,
      effort,
    );
  }
  if (subject === 'portkey') {
    const portkey = await startPortkey(upstreamUrl);
    if (!portkey) return null;
    await using child = portkey.child;
    return await measure(child, portkey.target, direct, { ...effort, streams: Math.ceil(effort.streams / 4) });
  }
  await using tollgate = await startTollgate(subject === 'tollgate-full' ? 'full' : 'min', upstreamUrl);
  const { child, token } = tollgate;
  return await measure(
    child,
    { url: `http://127.0.0.1:${child.port}/v1/chat/completions`, headers: { authorization: `Bearer ${token}` } },
    direct,
    effort,
  );
}

function median(runs: readonly Figures[]): Figures {
  const of = (key: keyof Figures): number =>
    runs.map((figures) => figures[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] as number;
  const rounded = (key: keyof Figures, digits: number): number => Number(of(key).toFixed(digits));
  return {
    cpuMicrosPerRequest: rounded('cpuMicrosPerRequest', 1),
    requestsPerSecond: rounded('requestsPerSecond', 0),
    addedMsP50: rounded('addedMsP50', 2),
    addedMsP99: rounded('addedMsP99', 2),
    cpuMicrosPerEvent: rounded('cpuMicrosPerEvent', 2),
    bytesPerStream: rounded('bytesPerStream', 0),
  };
}

async function report(subjects: Readonly<Record<string, Figures>>): Promise<void> {
  const bare = subjects['bare-proxy'];
  const rows = Object.entries(subjects).map(([subject, figures]) => ({
    subject,
    'µs/request': figures.cpuMicrosPerRequest,
    '× bare': bare ? Number((figures.cpuMicrosPerRequest / bare.cpuMicrosPerRequest).toFixed(2)) : null,
    'requests/s': figures.requestsPerSecond,
    'added ms p50': figures.addedMsP50,
    'added ms p99': figures.addedMsP99,
    'µs/event': figures.cpuMicrosPerEvent,
    'KB/stream': Number((figures.bytesPerStream / 1024).toFixed(1)),
  }));
  console.table(rows);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, Node ${process.version}`;
  await mkdir('bench/results', { recursive: true });
  await writeFile(
    'bench/results/latest.json',
    `${JSON.stringify({ machine, date: new Date().toISOString(), commit, subjects }, null, 2)}\n`,
  );
}

await main();
