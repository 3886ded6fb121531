import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pin, startChild } from './child.js';
import { LOAD_CORE, type Target } from './load.js';
import { costOfRequest } from './measure.js';
import { PROCESSES } from './subjects.js';
import { startTollgate } from './tollgate.js';

/**
 * Where a gateway with everything on spends its time at saturation: `node dist/bench/profile.js [seconds]`. Prints the
 * functions and the files that most of it is in, and leaves bench/results/profile/*.cpuprofile for a flame graph.
 */
const DIRECTORY = resolve('bench/results/profile');
const seconds = Number(process.argv[2] ?? 10);

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

const placeOf = (url: string): string =>
  url === '' ? '(native)' : url.replace(/^.*\/(?=node_modules\/|dist\/)/, '').replace(/^dist\//, '');

pin(process.pid, LOAD_CORE);
await rm(DIRECTORY, { recursive: true, force: true });
await mkdir(DIRECTORY, { recursive: true });
{
  await using provider = await startChild(`${PROCESSES}upstream.mjs`, [], {}, LOAD_CORE);
  const upstream: Target = { origin: `http://127.0.0.1:${provider.port}`, headers: {} };
  const options = ['--cpu-prof', `--cpu-prof-dir=${DIRECTORY}`, '--cpu-prof-interval=500'];
  await using tollgate = await startTollgate('full', upstream.origin, options);
  const { cpuMicrosPerRequest } = await costOfRequest(tollgate.child, tollgate.target, seconds);
  process.stdout.write(`${cpuMicrosPerRequest.toFixed(0)} µs of CPU per request, profiler included\n`);
  await tollgate.child.stop();
}
const [file] = await readdir(DIRECTORY);
print(JSON.parse(await readFile(join(DIRECTORY, file as string), 'utf8')) as Profile);

function print({ nodes, samples, timeDeltas }: Profile): void {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  // The last half: whatever was compiled and warmed up before is not the work of a call.
  const from = Math.floor(samples.length / 2);
  const microsOf = new Map<number, number>();
  for (let i = from; i < samples.length; i++) {
    const id = samples[i] as number;
    microsOf.set(id, (microsOf.get(id) ?? 0) + (timeDeltas[i] as number));
  }
  const byFunction = new Map<string, number>();
  const byPlace = new Map<string, number>();
  for (const [id, micros] of microsOf) {
    const frame = frames.get(id) as Frame;
    if (frame.functionName === '(idle)') continue;
    const place = placeOf(frame.url);
    const name = `${frame.functionName || '(anonymous)'} ${place}:${frame.lineNumber + 1}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + micros);
    byPlace.set(place, (byPlace.get(place) ?? 0) + micros);
  }
  show('place', byPlace, 40);
  show('function', byFunction, 70);
}

function show(what: string, micros: ReadonlyMap<string, number>, rows: number): void {
  const total = [...micros.values()].reduce((sum, each) => sum + each, 0);
  const sorted = [...micros].sort(([, a], [, b]) => b - a).slice(0, rows);
  process.stdout.write(`\n${what}\n`);
  for (const [name, each] of sorted)
    process.stdout.write(`${((100 * each) / total).toFixed(1).padStart(5)} %  ${name}\n`);
}
