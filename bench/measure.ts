import { setTimeout } from 'node:timers/promises';
import type { Child } from './child.js';
import { drainStreams, openStreams, type Post, paced, percentile, saturate, type Target } from './load.js';

export interface Figures {
  readonly cpuMicrosPerRequest: number;
  readonly requestsPerSecond: number;
  /** Share of the time at saturation in which the process was on its core: near 1, or something else held it up. */
  readonly busy: number;
  readonly addedMsP50: number;
  readonly addedMsP99: number;
  /** A streamed event on its way from an OpenAI upstream to an OpenAI client. */
  readonly cpuMicrosPerEvent: number;
  /** The same to an Anthropic client; null for subjects that were not asked to translate. */
  readonly cpuMicrosPerTranslatedEvent: number | null;
  /** Resident memory per open stream that has said its first words and is silent. */
  readonly bytesPerStream: number;
}

export interface Effort {
  readonly seconds: number;
  readonly streams: number;
  readonly openStreams: number;
}

const EVENTS = 200;
const RATE = 200;
const WARM_REQUESTS = 10_000;
const WARM_ROUNDS_MAX = 10;
const MESSAGES = [{ role: 'user', content: 'Tell me about tollgates. '.repeat(24) }];
const SYSTEM = 'You are a helpful assistant. '.repeat(8);

/** The request of every measurement. */
export const chat = (more: object = {}): Post => ({
  path: '/v1/chat/completions',
  body: JSON.stringify({ model: 'bench', messages: [{ role: 'system', content: SYSTEM }, ...MESSAGES], ...more }),
});
const chatStream = (wish: string | number): Post =>
  chat({ stream: true, stream_options: { include_usage: true }, user: `bench-${wish}` });
const messagesStream = (wish: string | number): Post => ({
  path: '/v1/messages',
  body: JSON.stringify({
    model: 'bench',
    max_tokens: 1_000,
    system: SYSTEM,
    messages: MESSAGES,
    stream: true,
    metadata: { user_id: `bench-${wish}` },
  }),
});

/** Requests per second that load generator and upstream manage with nothing between them: far more than any subject takes. */
export const directRate = async (upstream: Target, seconds: number): Promise<number> =>
  (await saturate(upstream, chat(), seconds)).requestsPerSecond;

/** All figures of one process under measurement. `translates`: whether it is also a door for Anthropic's clients. */
export async function measure(
  child: Child,
  target: Target,
  upstream: Target,
  translates: boolean,
  effort: Effort,
): Promise<Figures> {
  const perRequest = await costOfRequest(child, target, effort.seconds);
  // Just before and after each other: what else the machine does is then in both.
  const direct = await paced(upstream, chat(), RATE, effort.seconds);
  const latencies = await paced(target, chat(), RATE, effort.seconds);
  const costOfEvent = (stream: Post): Promise<number> =>
    costOfStreamedEvent(child, target, stream, effort.streams, perRequest.cpuMicrosPerRequest);
  return {
    ...perRequest,
    addedMsP50: percentile(latencies, 0.5) - percentile(direct, 0.5),
    addedMsP99: percentile(latencies, 0.99) - percentile(direct, 0.99),
    cpuMicrosPerEvent: await costOfEvent(chatStream(EVENTS)),
    cpuMicrosPerTranslatedEvent: translates ? await costOfEvent(messagesStream(EVENTS)) : null,
    bytesPerStream: await memoryOfStreams(child, target, effort.openStreams),
  };
}

/** What a request costs at saturation. Throws when one failed: a refusal is cheaper than an answer. */
export async function costOfRequest(
  child: Child,
  target: Target,
  seconds: number,
): Promise<Pick<Figures, 'cpuMicrosPerRequest' | 'requestsPerSecond' | 'busy'>> {
  await warmUp(target);
  const before = child.cpuMicros();
  const { requests, requestsPerSecond, failed } = await saturate(target, chat(), seconds);
  const cpuMicrosPerRequest = (child.cpuMicros() - before) / requests;
  if (failed > 0) throw new Error(`${failed} of ${requests} requests failed: these are not figures`);
  return { cpuMicrosPerRequest, requestsPerSecond, busy: (cpuMicrosPerRequest * requestsPerSecond) / 1e6 };
}

/** So many requests that the compiler is done with the code, however little of the machine is ours at the moment. */
async function warmUp(target: Target): Promise<void> {
  for (let requests = 0, rounds = 0; requests < WARM_REQUESTS && rounds < WARM_ROUNDS_MAX; rounds++)
    requests += (await saturate(target, chat(), 2)).requests;
}

async function costOfStreamedEvent(
  child: Child,
  target: Target,
  stream: Post,
  count: number,
  cpuMicrosPerRequest: number,
): Promise<number> {
  await drainStreams(target, stream, 20, EVENTS);
  const before = child.cpuMicros();
  await drainStreams(target, stream, count, EVENTS);
  return ((child.cpuMicros() - before) / count - cpuMicrosPerRequest) / EVENTS;
}

async function memoryOfStreams(child: Child, target: Target, count: number): Promise<number> {
  const warm = await openStreams(target, chatStream('idle'), Math.ceil(count / 10));
  await warm();
  await setTimeout(1_000);
  const before = child.residentBytes();
  const close = await openStreams(target, chatStream('idle'), count);
  await setTimeout(1_000);
  const bytes = (child.residentBytes() - before) / count;
  await close();
  return bytes;
}
