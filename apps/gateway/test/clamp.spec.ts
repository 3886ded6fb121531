import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import { type Harness, ORGANIZATION, PRICES, route, startHarness } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
}, 60_000);
afterAll(() => harness?.[Symbol.asyncDispose]());

/** One output token costs two thousand nano-USD, one of input one thousand. */
const OUTPUT = Number(PRICES.output) / 1e6;
let budgets = 0;
async function configure(amountNanoUsd: number, onBudget: 'refuse' | 'clamp' = 'clamp'): Promise<void> {
  budgets += 1;
  const budget = {
    id: `budget-${budgets}`,
    slug: 'all',
    scope: {},
    amountNanoUsd: String(amountNanoUsd),
    period: 'total' as const,
    timezone: 'UTC',
    enforcement: 'hard' as const,
    alertsAt: [],
  };
  const routes = [route('fast', ['gpt'], { onBudget }), route('smart', ['claude'], { onBudget })];
  await harness.configure({ budgets: [budget], routes });
}
const counter = () => harness.redis.hgetall(keys.budget(ORGANIZATION, `budget-${budgets}`, 'all', 'total'));
const lastBody = async (): Promise<Record<string, unknown>> =>
  JSON.parse((await harness.simulator.calls()).at(-1)?.body ?? '{}');
const headerOf = (response: Response): number => Number(response.headers.get('x-tollgate-clamped-max-tokens'));

describe('a route that clamps', () => {
  it('lowers the limit to what the budget has left, says so, and asks the provider for no more', async () => {
    await configure(100 * OUTPUT + 60_000);
    const response = await harness.chat({ max_tokens: 1_000, seed: 7 });
    expect(response.status).toBe(200);
    const most = headerOf(response);
    expect(most).toBeGreaterThanOrEqual(100);
    expect(most).toBeLessThan(130);
    expect(await lastBody()).toMatchObject({ max_tokens: most, seed: 7 });
    expect(await counter()).toMatchObject({ reserved: '0' });
  });

  it.each([
    ['the limit that the client sent', { max_completion_tokens: 900 }],
    ['a limit where the client sent none', {}],
    ['streams', { max_completion_tokens: 900, stream: true }],
  ])('lowers %s', async (_, body) => {
    await configure(50 * OUTPUT + 60_000);
    const response = await harness.chat(body);
    expect(response.status).toBe(200);
    await response.text();
    expect(await lastBody()).toMatchObject({ max_completion_tokens: headerOf(response) });
  });

  it('counts every answer of a call that asks for several', async () => {
    await configure(100 * OUTPUT + 60_000);
    const response = await harness.chat({ max_tokens: 1_000, n: 3 });
    expect(headerOf(response)).toBeGreaterThanOrEqual(33);
    expect(headerOf(response)).toBeLessThan(44);
  });

  it('speaks the surface’s own dialect, and leaves a thinking budget alone that would not fit', async () => {
    await configure(1_100 * OUTPUT + 100_000);
    const client = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
    const ask = (more: object) =>
      client.messages.create({
        model: 'smart',
        max_tokens: 4_000,
        messages: [{ role: 'user', content: 'say hello' }],
        ...more,
      });
    // The model's own cap of 1,000 fits; a second answer of that size does not.
    await ask({});
    await configure(500 * OUTPUT + 60_000);
    await ask({});
    expect((await lastBody())['max_tokens']).toBeLessThan(550);
    await configure(500 * OUTPUT + 60_000);
    await expect(ask({ thinking: { type: 'enabled', budget_tokens: 2_000 } })).rejects.toMatchObject({ status: 429 });
  });

  it('refuses when hardly an answer is left, and when it may not clamp', async () => {
    await configure(10 * OUTPUT);
    expect((await harness.chat()).status).toBe(429);
    await configure(100 * OUTPUT, 'refuse');
    const refused = await harness.chat();
    expect([refused.status, refused.headers.get('x-tollgate-clamped-max-tokens')]).toEqual([429, null]);
  });
});
