import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotModel } from '#libs/snapshot';
import { faulty, type Harness, route, startHarness } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());
beforeEach(() => harness.simulator.reset());

/** A model without a past, of an upstream that behaves unless a fault is put up for its provider. */
const model = (slug: string, provider: 'openai' | 'anthropic' | 'mistral'): SnapshotModel => ({
  ...faulty(slug, ''),
  provider,
  credential: provider,
  upstreamModel: { openai: 'gpt-4.1-mini', anthropic: 'claude-sonnet-4-5', mistral: 'mistral-small-latest' }[provider],
});

/** Runs `work` for 0 … count − 1, `atOnce` at a time. */
async function times(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

describe('10,000 calls, half of them streamed, while 30 % of attempts fail', () => {
  const CALLS = 10_000;
  const FAULTS = [
    { reset: true },
    { status: 429 },
    { status: 500 },
    { status: 502, html: true },
    { stallAfterEvents: 0 },
    { cutAfterEvents: 0 },
    { cutAfterEvents: 1 },
  ];

  it('all answer 200 and whole, and every attempt is in the record', async () => {
    // Many models, so that their breakers do not keep the failing attempts away from the test.
    const flaky = Array.from({ length: 40 }, (_, i) => model(`flaky-${i}`, i % 2 === 0 ? 'openai' : 'anthropic'));
    await harness.configure({
      models: [...flaky, model('healthy', 'mistral')],
      routes: [
        {
          ...route('fast', [], { strategy: 'weighted', timeouts: { firstTokenMs: 300, silenceMs: 300 } }),
          targets: [
            ...flaky.map(({ slug }) => ({ model: slug, weight: 1, priority: 0 })),
            { model: 'healthy', weight: 0, priority: 1 },
          ],
        },
      ],
    });
    await harness.simulator.settings({ record: false, tokenDelayMs: 0 });
    // Seven independent faults: 1 − (1 − p)⁷ = 0.3.
    const probability = 1 - 0.7 ** (1 / FAULTS.length);
    for (const provider of ['openai', 'anthropic'] as const)
      for (const [index, fault] of FAULTS.entries())
        await harness.simulator.fault({ provider, fault, probability, seed: index + 1 });

    const bad: string[] = [];

    await times(CALLS, 40, async (index) => {
      const stream = index % 2 === 0;
      const { statusCode, body } = await request(`${harness.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
        body: `{"model":"fast","stream":${stream},"messages":[{"role":"user","content":"say hello"}]}`,
      });
      const text = await body.text();
      const whole = stream ? text.includes('[DONE]') : text.includes('"finish_reason":"stop"');
      if (statusCode !== 200 || !whole) bad.push(`${statusCode} ${text.slice(0, 200)}`);
    });
    expect(bad).toEqual([]);

    const events = await harness.events();
    expect(events).toHaveLength(CALLS);
    const attempts = events.flatMap((event) => event.attempts);
    const failed = attempts.filter(({ outcome }) => outcome !== 'ok');
    expect(events.every((event) => event.attempts.at(-1)?.outcome === 'ok')).toBe(true);
    expect(attempts.length - failed.length).toBe(CALLS);
    expect(failed.length / attempts.length).toBeGreaterThan(0.2);
    expect(new Set(failed.map(({ outcome }) => outcome))).toEqual(new Set(['server', 'rate-limit', 'timeout']));
    expect(new Set(failed.map(({ status }) => status))).toEqual(new Set([undefined, 429, 500, 502]));
  }, 300_000);
});

describe('a dead primary', () => {
  it('costs no attempt but single probes once its breaker has opened', async () => {
    const CALLS = 300;
    await harness.configure({
      models: [faulty('dead', 'reset=true'), ...harness.defaults.models],
      routes: [route('alone', ['gpt']), route('behind', ['dead', 'gpt'])],
    });
    for (let i = 0; i < 5; i++) await harness.chat({ model: 'behind' });
    await harness.simulator.reset();

    const started = performance.now();
    const took = { alone: [] as number[], behind: [] as number[] };
    for (let i = 0; i < CALLS; i++) {
      // One after the other, so that whatever else this machine does slows both the same.
      for (const model of ['alone', 'behind'] as const) {
        const from = performance.now();
        await (await harness.chat({ model })).text();
        took[model].push(performance.now() - from);
      }
    }
    const seconds = (performance.now() - started) / 1_000;
    const probes = (await harness.simulator.calls()).length - 2 * CALLS;
    // Open for 2 s, then 4, 8, …: never more probes than that.
    expect(probes).toBeLessThanOrEqual(1 + Math.log2(1 + seconds / 2));
    const p50 = (ms: number[]): string => (ms.toSorted((a, b) => a - b)[CALLS / 2] as number).toFixed(2);
    console.info(`p50 of the fallback alone ${p50(took.alone)} ms, behind a dead primary ${p50(took.behind)} ms.`);
  });
});

describe('a provider that limits', () => {
  it('with retry-after: 2 is asked again after 2 seconds and not before', async () => {
    await harness.configure({
      models: [faulty('limited', 'status=429;retryAfter=2;times=1')],
      routes: [route('fast', ['limited'])],
    });
    expect((await harness.chat()).status).toBe(200);
    const [first, second] = await harness.simulator.calls();
    expect(Date.parse(second!.at) - Date.parse(first!.at)).toBeGreaterThanOrEqual(2_000);
  });

  it.each(['status=429', 'status=429;retryAfter=1', 'status=503'])(
    'all the time (%s) sees no more than 1.1 times the calls',
    async (fault) => {
      const CALLS = 400;
      await harness.configure({
        models: [faulty('storm', fault), faulty('storm-2', fault)],
        routes: [route('alone', ['storm']), route('both', ['storm', 'storm-2'])],
      });
      for (const name of ['alone', 'both']) {
        await harness.simulator.reset();
        const statuses = new Set<number>();
        await times(CALLS, 20, async () => {
          statuses.add((await harness.chat({ model: name }, { 'x-tollgate-timeout-ms': '1500' })).status);
        });
        const calls = await harness.simulator.calls();
        for (const slug of ['storm', 'storm-2'])
          expect(
            calls.filter((call) => call.model?.includes('~')).length / (name === 'both' ? 2 : 1),
            slug,
          ).toBeLessThanOrEqual(CALLS * 1.1);
        expect([...statuses].every((status) => status === 429 || status >= 500)).toBe(true);
        console.info(
          `${fault}, route '${name}': the upstream sees ${(calls.length / CALLS).toFixed(2)} times the calls.`,
        );
      }
    },
  );
});
