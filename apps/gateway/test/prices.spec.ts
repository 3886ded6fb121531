import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, PRICES, route, startHarness } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const lastEvent = async () => (await harness.events()).at(-1)!;
const withPrices = (prices: typeof PRICES | null, priceSchedule: object[] = []) =>
  harness.defaults.models.map((model) => ({ ...model, prices, priceSchedule })) as typeof harness.defaults.models;
const doubled = { version: 'later', input: '2000000000', output: '4000000000' } as const;

describe('a model without a known price', () => {
  it('is asked, and its call is booked at zero and flagged, where nothing else was decided', async () => {
    await harness.configure({ models: withPrices(null) });
    expect((await harness.chat()).status).toBe(200);
    expect(await lastEvent()).toMatchObject({ unpriced: true, costNanoUsd: '0' });
  });

  it('403: is refused where the organization says so, before anything goes upstream', async () => {
    await harness.configure({ models: withPrices(null), unknownPrices: 'refuse' });
    await harness.simulator.reset();
    const answer = await harness.chat();
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      error: { code: 'model_not_allowed', message: expect.stringContaining('No price is known') },
    });
    expect(await harness.simulator.calls()).toHaveLength(0);
  });

  it('is refused or asked as its route says, whatever the organization says', async () => {
    const as = (unknownPrices: 'refuse' | 'book-zero') => [{ ...route('fast', ['gpt']), unknownPrices }];
    await harness.configure({ models: withPrices(null), unknownPrices: 'refuse', routes: as('book-zero') });
    expect((await harness.chat()).status).toBe(200);
    await harness.configure({ models: withPrices(null), routes: as('refuse') });
    expect((await harness.chat()).status).toBe(403);
  });

  it('gives way to the next of the route that has one', async () => {
    const models = harness.defaults.models.map((model) => (model.slug === 'gpt' ? { ...model, prices: null } : model));
    await harness.configure({ models, unknownPrices: 'refuse', routes: [route('fast', ['gpt', 'claude'])] });
    expect((await harness.chat()).headers.get('x-tollgate-model')).toBe('claude');
  });
});

describe('prices that begin later', () => {
  it('hold for calls from that moment on, and are named in the record', async () => {
    const hour = 3_600_000;
    const schedule = (fromMs: number) => withPrices(PRICES, [{ fromMs, prices: doubled }]);
    await harness.configure({ models: schedule(Date.now() + hour) });
    await harness.chat();
    const before = await lastEvent();
    await harness.configure({ models: schedule(Date.now() - hour) });
    await harness.chat();
    const after = await lastEvent();
    expect([before.priceVersion, after.priceVersion]).toEqual(['test', 'later']);
    expect(BigInt(after.costNanoUsd)).toBe(2n * BigInt(before.costNanoUsd));
    expect(after.providerCredential).toEqual(expect.any(String));
  });
});
