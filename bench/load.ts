import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Agent, type Dispatcher } from 'undici';

const run = promisify(execFile);

/** Where calls go, with what they need to be let in. */
export interface Target {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is posted, and where below the origin. */
export interface Post {
  readonly path: string;
  readonly body: string;
}

export interface Saturation {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly failed: number;
}

const CONNECTIONS = 32;
/** More at once, and a busy machine takes longer for an admission than a gateway waits for Redis. */
const OPENED_AT_ONCE = 20;
/** The load generator and the upstream share one core, the process under measurement has the other. */
export const LOAD_CORE = 1;
export const SUBJECT_CORE = 0;

/** As many requests as the target takes over 32 connections, by wrk, for `seconds`. */
export async function saturate(target: Target, { path, body }: Post, seconds: number): Promise<Saturation> {
  const directory = await mkdtemp(join(tmpdir(), 'tollgate-bench-'));
  const script = join(directory, 'post.lua');
  const headers = Object.entries({ 'content-type': 'application/json', ...target.headers });
  await writeFile(
    script,
    [
      'wrk.method = "POST"',
      `wrk.body = ${lua(body)}`,
      ...headers.map(([name, value]) => `wrk.headers[ ${lua(name)} ] = ${lua(value)}`),
      'done = function(summary) io.write(string.format("REPORT %d %d %d\\n", summary.requests, summary.duration, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout)) end',
    ].join('\n'),
  );
  try {
    // A subject that is slow because the machine is busy has not failed.
    const wrk = [
      'wrk',
      '-t1',
      `-c${CONNECTIONS}`,
      `-d${seconds}s`,
      '--timeout',
      '30s',
      '-s',
      script,
      target.origin + path,
    ];
    const { stdout } = await run('taskset', ['-c', String(LOAD_CORE), ...wrk]);
    const [, requests, micros, failed] = /REPORT (\d+) (\d+) (\d+)/.exec(stdout) ?? [];
    return {
      requests: Number(requests),
      requestsPerSecond: Number(requests) / (Number(micros) / 1e6),
      failed: Number(failed),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

const lua = (text: string): string => `[==[${text}]==]`;

/** Exactly `count` requests, 32 at a time, by this process: where wrk is not, and the number matters more than the rate. */
export async function complete(target: Target, what: Post, count: number): Promise<void> {
  const agent = new Agent({ connections: CONNECTIONS });
  let left = count;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await (await post(agent, target, what)).dump();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, caller));
  await agent.close();
}

/** Latencies in milliseconds of calls that start at a fixed rate, whether or not earlier ones are done; sorted. */
export async function paced(
  target: Target,
  what: Post,
  perSecond: number,
  seconds: number,
): Promise<readonly number[]> {
  const agent = new Agent({ connections: 128 });
  const latencies: number[] = [];
  const one = async (): Promise<void> => {
    const started = performance.now();
    const answer = await post(agent, target, what);
    await answer.dump();
    latencies.push(performance.now() - started);
  };
  const running: Promise<void>[] = [];
  const begun = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    const wait = begun + (i * 1000) / perSecond - performance.now();
    if (wait > 0) await setTimeout(wait);
    running.push(one());
  }
  await Promise.all(running);
  await agent.close();
  return latencies.sort((a, b) => a - b);
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Reads `count` streams to their end, 16 at a time. Throws when one has fewer than `eventsMin` events: it would be no stream. */
export async function drainStreams(target: Target, what: Post, count: number, eventsMin: number): Promise<void> {
  const agent = new Agent({ connections: 16 });
  let left = count;
  const reader = async (): Promise<void> => {
    while (left-- > 0) {
      let events = 0;
      for await (const chunk of await post(agent, target, what)) events += eventsIn(chunk as Buffer);
      if (events < eventsMin) throw new Error(`a stream ended after ${events} of ${eventsMin} events`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, reader));
  await agent.close();
}

function eventsIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf('data: '); at !== -1; at = chunk.indexOf('data: ', at + 1)) count++;
  return count;
}

/** Opens `count` streams that then say nothing more; the returned function closes them. */
export async function openStreams(target: Target, what: Post, count: number): Promise<() => Promise<void>> {
  const agent = new Agent({ connections: count, bodyTimeout: 0 });
  const open = async (): Promise<void> => {
    const answer = await post(agent, target, what);
    answer.on('error', () => {});
    await new Promise((resolve) => answer.once('readable', resolve));
  };
  for (let opened = 0; opened < count; opened += OPENED_AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(OPENED_AT_ONCE, count - opened) }, open));
  return () => agent.destroy();
}

/** The body of a good answer; throws on any other, because the cost of refusing is not what is measured. */
async function post(
  agent: Agent,
  { origin, headers }: Target,
  { path, body }: Post,
): Promise<Dispatcher.ResponseData['body']> {
  const answer = await agent.request({
    origin,
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  if (answer.statusCode !== 200)
    throw new Error(`the target answered ${answer.statusCode}: ${await answer.body.text()}`);
  return answer.body;
}
