import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageEvent } from '#libs/messages';
import { totalInput } from '#libs/metering';
import { keys } from '#libs/redis';
import {
  faulty,
  type Harness,
  ORGANIZATION,
  PRICES,
  route,
  type SnapshotPart,
  startHarness,
  until,
} from './harness.js';

/** The rules of docs/guides/limits-and-budgets.md, one test each: what is booked of a call, and that nothing stays reserved. */
let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
}, 60_000);
afterAll(() => harness?.[Symbol.asyncDispose]());

let number = 0;
/** Under a hard budget of its own, so that its counter is what this test has booked. */
async function configure(part: SnapshotPart = {}, amountNanoUsd = '1000000000'): Promise<void> {
  number += 1;
  const budget = {
    id: `budget-${number}`,
    slug: 'all',
    scope: {},
    amountNanoUsd,
    period: 'total' as const,
    timezone: 'UTC',
    enforcement: 'hard' as const,
    alertsAt: [],
  };
  await harness.configure({ ...part, budgets: [budget] });
}

async function counted(): Promise<bigint> {
  const counter = keys.budget(ORGANIZATION, `budget-${number}`, 'all', 'total');
  await until(async () => ((await harness.redis.hget(counter, 'reserved')) ?? '0') === '0');
  return BigInt((await harness.redis.hget(counter, 'committed')) ?? 0);
}

/** Makes a call and answers with its event, which must say what the budget's counter says. */
async function booked(call: () => Promise<unknown>): Promise<UsageEvent> {
  const before = (await harness.events()).length;
  const spent = await counted();
  await call();
  await until(async () => (await harness.events()).length > before);
  const event = (await harness.events())[before] as UsageEvent;
  expect((await counted()) - spent).toBe(BigInt(event.costNanoUsd));
  return event;
}

const complete =
  (body: object = {}, headers = {}) =>
  async () =>
    (await harness.chat({ ...body }, headers)).text();
const priced = ({ tokens }: UsageEvent): bigint =>
  (BigInt(totalInput(tokens)) * BigInt(PRICES.input) + BigInt(tokens.output) * BigInt(PRICES.output)) / 1_000_000n;
const NOTHING = { costNanoUsd: '0', tokens: { input: 0, output: 0 } };

/** Asks, and leaves when the provider has got the request. */
async function leaving(body: { readonly input?: string }): Promise<void> {
  const left = new AbortController();
  const answer = fetch(harness.url + (body.input ? '/v1/embeddings' : '/v1/chat/completions'), {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.key}` },
    body: JSON.stringify({
      model: 'fast',
      ...(body.input ? body : { messages: [{ role: 'user', content: 'hello' }] }),
    }),
    signal: left.signal,
  }).catch(() => undefined);
  await harness.simulator.waitForCalls((calls) => calls.length === 1);
  left.abort();
  await answer;
}

describe('booked at what the provider says', () => {
  it('a complete answer, whole and streamed', async () => {
    await configure();
    for (const stream of [false, true]) {
      const event = await booked(complete({ stream }));
      expect(event).toMatchObject({ status: 200, error: null, estimated: false, orphaned: false });
      expect(BigInt(event.costNanoUsd)).toBe(priced(event));
      expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    }
  });

  it('an answer that an output guardrail has blocked: the provider has given it', async () => {
    const checks = [{ type: 'secrets', action: 'block' as const }];
    await configure({ guardrails: [{ id: 'g', slug: 'g', applyTo: 'output', scope: {}, checks }] });
    const secret = `repeat sk-proj-${'a1B2'.repeat(10)}`;
    const event = await booked(complete({ messages: [{ role: 'user', content: secret }] }));
    expect(event.findings).toMatchObject([{ action: 'block' }]);
    expect(BigInt(event.costNanoUsd)).toBe(priced(event));
    expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
  });

  it('the model that answered after a failover, and nothing of those that failed', async () => {
    await configure({
      models: [faulty('bad', 'status=500'), faulty('good', '')],
      routes: [route('fast', ['bad', 'good'])],
    });
    const event = await booked(complete());
    expect(event).toMatchObject({ status: 200, model: 'good' });
    expect(event.attempts.map(({ model }) => model)).toContain('bad');
    expect(BigInt(event.costNanoUsd)).toBe(priced(event));
  });
});

describe('booked at an estimate, and marked so', () => {
  it('an answer without usage: counted here', async () => {
    await configure({ models: [faulty('silent', 'noUsage=true')], routes: [route('fast', ['silent'])] });
    const event = await booked(complete());
    expect(event).toMatchObject({ status: 200, estimated: true });
    expect(event.tokens.output).toBeGreaterThan(0);
    expect(BigInt(event.costNanoUsd)).toBe(priced(event));
  });

  it('what came before the client left in the middle of a stream', async () => {
    await configure({ models: [faulty('slow', 'tokens=400;tokenDelayMs=20')], routes: [route('fast', ['slow'])] });
    const event = await booked(async () => {
      const response = await harness.chat({ stream: true });
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.cancel();
    });
    expect(event).toMatchObject({ status: 499, error: 'client_closed_request', estimated: true });
    expect(BigInt(event.costNanoUsd)).toBe(priced(event));
    expect(event.tokens.output).toBeLessThan(400);
  });

  it('a call whose client left while a provider was at work on its answer: its input', async () => {
    await configure({ models: [faulty('late', 'slowHeadersMs=60000')], routes: [route('fast', ['late'])] });
    for (const body of [{}, { input: 'some words' }]) {
      await harness.simulator.reset();
      const event = await booked(() => leaving(body));
      expect(event).toMatchObject({ status: 499, error: 'client_closed_request', estimated: true, model: 'late' });
      expect(event.tokens).toMatchObject({ output: 0 });
      expect(BigInt(event.costNanoUsd)).toBe(priced(event));
      expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    }
  });

  it('a call whose time was up while a provider was at work on its answer: its input', async () => {
    await configure({ models: [faulty('late', 'slowHeadersMs=60000')], routes: [route('fast', ['late'])] });
    for (const stream of [false, true]) {
      const event = await booked(complete({ stream }, { 'x-tollgate-timeout-ms': '300' }));
      expect(event).toMatchObject({ status: 504, error: 'upstream_timeout', estimated: true, model: 'late' });
      expect(event.attempts).toMatchObject([{ model: 'late', outcome: 'timeout' }]);
      expect(BigInt(event.costNanoUsd)).toBe(priced(event));
      expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    }
  });

  it('what came before the provider broke off', async () => {
    await configure({ models: [faulty('cut', 'tokens=50;cutAfterEvents=10')], routes: [route('fast', ['cut'])] });
    const event = await booked(complete({ stream: true }));
    expect(event).toMatchObject({ status: 502, error: 'upstream_error', estimated: true });
    expect(BigInt(event.costNanoUsd)).toBe(priced(event));
    expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
  });
});

describe('booked at zero, and recorded', () => {
  it('an answer from the cache', async () => {
    await configure({ routes: [route('fast', ['gpt'], { cache: { ttlSeconds: 60 } })] });
    const question = { messages: [{ role: 'user', content: 'once' }] };
    await booked(complete(question));
    await until(async () => (await harness.redis.keys(`{${ORGANIZATION}}:cache:*`)).length === 1);
    expect(await booked(complete(question))).toMatchObject({ status: 200, cache: 'hit', ...NOTHING });
  });

  it('a call that an input guardrail has blocked', async () => {
    const checks = [{ type: 'secrets', action: 'block' as const }];
    await configure({ guardrails: [{ id: 'g', slug: 'g', applyTo: 'input', scope: {}, checks }] });
    const secret = `sk-proj-${'a1B2'.repeat(10)}`;
    const event = await booked(complete({ messages: [{ role: 'user', content: secret }] }));
    expect(event).toMatchObject({ status: 403, error: 'guardrail_blocked', ...NOTHING });
  });

  it('a call that a rate limit or a budget has refused', async () => {
    const limit = {
      id: `limit-${number}`,
      scope: {},
      requestsPerMinute: 1,
      tokensPerMinute: null,
      maxConcurrency: null,
    };
    await configure({ rateLimits: [limit] });
    await booked(complete());
    expect(await booked(complete())).toMatchObject({ status: 429, error: 'rate_limit_exceeded', ...NOTHING });
    await configure({}, '1');
    expect(await booked(complete())).toMatchObject({ status: 429, error: 'insufficient_quota', ...NOTHING });
  });

  it('a call that every candidate has failed', async () => {
    await configure({ models: [faulty('bad', 'status=500')], routes: [route('fast', ['bad'])] });
    expect(await booked(complete())).toMatchObject({ status: 502, error: 'upstream_error', ...NOTHING });
  });

  it('a call whose client left while no provider was at work on it', async () => {
    await configure({ models: [faulty('busy', 'status=429;retryAfter=9')], routes: [route('fast', ['busy'])] });
    await harness.simulator.reset();
    const event = await booked(() => leaving({}));
    expect(event).toMatchObject({ status: 499, error: 'client_closed_request', ...NOTHING });
  });

  it('a model whose price nobody knows, and that is visible', async () => {
    const model = { ...faulty('free', ''), prices: null };
    await configure({ models: [model], routes: [route('fast', ['free'])] });
    const event = await booked(complete());
    expect(event).toMatchObject({ status: 200, costNanoUsd: '0', unpriced: true });
    expect(event.tokens.output).toBeGreaterThan(0);
  });
});
