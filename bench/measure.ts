import { setTimeout } from 'node:timers/promises';
import type { Child } from './child.js';
import { drainStreams, openStreams, paced, percentile, saturate, type Target } from './load.js';

export interface Figures {
  readonly cpuMicrosPerRequest: number;
  readonly requestsPerSecond: number;
  readonly addedMsP50: number;
  readonly addedMsP99: number;
  readonly cpuMicrosPerEvent: number;
  readonly bytesPerStream: number;
}

export interface Effort {
  readonly seconds: number;
  readonly streams: number;
  readonly openStreams: number;
}

const EVENTS = 200;
const RATE = 200;
const REQUEST = {
  model: 'bench',
  messages: [
    { role: 'system', content: 'You are a helpful assistant. '.repeat(8) },
    { role: 'user', content: 'Tell me about tollgates. '.repeat(24) },
  ],
};
const body = (more: object = {}): string => JSON.stringify({ ...REQUEST, ...more });
const streaming = (wish: string | number): string =>
  body({ stream: true, stream_options: { include_usage: true }, user: `bench-${wish}` });

/** Sorted latencies straight to the upstream: what every subject adds to. */
export const directLatencies = (target: Target, effort: Effort): Promise<readonly number[]> =>
  paced(target, body(), RATE, effort.seconds);

/** All figures of one process under measurement. `direct`: sorted latencies without it. */
export async function measure(
  child: Child,
  target: Target,
  direct: readonly number[],
  effort: Effort,
): Promise<Figures> {
  await saturate(target, body(), 2);
  const before = child.cpuMicros();
  const { requests, requestsPerSecond, failed } = await saturate(target, body(), effort.seconds);
  const cpuMicrosPerRequest = (child.cpuMicros() - before) / requests;
  if (failed > 0) throw new Error(`${failed} of ${requests} requests failed: these are not figures`);
  const latencies = await paced(target, body(), RATE, effort.seconds);

  await drainStreams(target, streaming(EVENTS), 20);
  const beforeStreams = child.cpuMicros();
  await drainStreams(target, streaming(EVENTS), effort.streams);
  const cpuMicrosPerEvent = ((child.cpuMicros() - beforeStreams) / effort.streams - cpuMicrosPerRequest) / EVENTS;
  return {
    cpuMicrosPerRequest,
    requestsPerSecond,
    addedMsP50: percentile(latencies, 0.5) - percentile(direct, 0.5),
    addedMsP99: percentile(latencies, 0.99) - percentile(direct, 0.99),
    cpuMicrosPerEvent,
    bytesPerStream: await memoryOfStreams(child, target, effort.openStreams),
  };
}

async function memoryOfStreams(child: Child, target: Target, count: number): Promise<number> {
  const warm = await openStreams(target, streaming('idle'), Math.ceil(count / 10));
  await warm();
  await setTimeout(1_000);
  const before = child.residentBytes();
  const close = await openStreams(target, streaming('idle'), count);
  await setTimeout(1_000);
  const bytes = (child.residentBytes() - before) / count;
  await close();
  return bytes;
}
