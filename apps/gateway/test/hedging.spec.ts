import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faulty, type Harness, route, startHarness, until } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());
beforeEach(() => harness.simulator.reset());

const lastEvent = async () => (await harness.events()).at(-1)!;
const hedge = { hedge: { afterMs: 50 }, timeouts: { firstTokenMs: 10_000 } };

describe('a hedged route', () => {
  it.each([true, false])('answers from the second model when the first is late (stream: %s)', async (stream) => {
    await harness.configure({
      models: [faulty('late', stream ? 'stallAfterEvents=0' : 'slowHeadersMs=5000'), ...harness.defaults.models],
      routes: [route('fast', ['late', 'gpt'], hedge)],
    });
    const response = await harness.chat({ stream });
    expect(response.headers.get('x-tollgate-model')).toBe('gpt');
    await response.text();
    await until(async () => (await harness.simulator.calls()).some(({ aborted }) => aborted));
    const event = await lastEvent();
    expect(event.attempts.map(({ model, outcome }) => [model, outcome])).toEqual([
      ['late', 'hedged'],
      ['gpt', 'ok'],
    ]);
  });

  it('answers what is not chat from the second model too, and cancels the first', async () => {
    const embedding = (slug: string, fault: string) => ({
      ...faulty(slug, ''),
      upstreamModel: `text-embedding-3-small${fault}`,
    });
    await harness.configure({
      models: [embedding('late', '~slowHeadersMs=5000'), embedding('good', '')],
      routes: [route('fast', ['late', 'good'], hedge)],
    });
    const response = await fetch(`${harness.url}/v1/embeddings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'fast', input: 'some words' }),
    });
    expect(response.headers.get('x-tollgate-model')).toBe('good');
    await response.text();
    await until(async () => (await harness.simulator.calls()).some(({ aborted }) => aborted));
    expect(await lastEvent()).toMatchObject({
      estimated: true,
      attempts: [
        { model: 'late', outcome: 'hedged' },
        { model: 'good', outcome: 'ok' },
      ],
    });
  });

  it('books the loser’s estimated input beside the winner’s answer, and says that it is estimated', async () => {
    await harness.configure({});
    await (await harness.chat()).text();
    const alone = await lastEvent();
    await harness.configure({
      models: [faulty('late', 'slowHeadersMs=5000'), ...harness.defaults.models],
      routes: [route('fast', ['late', 'gpt'], hedge)],
    });
    await (await harness.chat()).text();
    const both = await lastEvent();
    const loser = both.tokens.input - alone.tokens.input;
    expect(loser).toBeGreaterThan(0);
    expect(both).toMatchObject({ estimated: true, model: 'gpt', tokens: { output: alone.tokens.output } });
    expect(BigInt(both.costNanoUsd)).toBe(BigInt(alone.costNanoUsd) + BigInt(loser) * 1_000n);
  });

  it('makes one attempt when the first is in time', async () => {
    await harness.configure({ routes: [route('fast', ['gpt', 'claude'], { hedge: { afterMs: 20_000 } })] });
    expect((await harness.chat()).headers.get('x-tollgate-attempts')).toBe('1');
    expect(await harness.simulator.calls()).toHaveLength(1);
  });

  it('answers from the late one when the second fails', async () => {
    await harness.configure({
      models: [faulty('late', 'slowHeadersMs=400'), faulty('bad', 'status=500'), ...harness.defaults.models],
      routes: [route('fast', ['late', 'bad'], hedge)],
    });
    expect((await harness.chat()).headers.get('x-tollgate-model')).toBe('late');
    const { attempts, estimated } = await lastEvent();
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['server', 'ok']);
    expect(estimated).toBe(false);
  });

  it('without a time of its own waits for the model’s 95th percentile, once that is known', async () => {
    await harness.configure({
      models: [faulty('mostly', 'tokens=3'), ...harness.defaults.models],
      routes: [route('fast', ['mostly', 'claude'], { hedge: {} })],
    });
    for (let i = 0; i < 20; i++) await (await harness.chat({ stream: true })).text();
    await harness.simulator.fault({ provider: 'openai', fault: { stallAfterEvents: 0 }, times: 1 });
    const response = await harness.chat({ stream: true });
    expect(response.headers.get('x-tollgate-model')).toBe('claude');
    await response.text();
  });
});
