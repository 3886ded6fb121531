import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '#libs/core';
import { connectRedis, keys, ready } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import type { AdmissionRequest } from './admission.js';
import { budget, CountedQuota, FACTS, rateLimit, request, usageEvent } from './quota.fixtures.js';
import { QuotaModel } from './quota.model.js';
import { sweep } from './sweeper.js';
import { ticketOf } from './ticket.js';

const { organizationId } = FACTS;
let server: TestRedis;
let redis: Redis;

beforeAll(async () => {
  server = await testRedis();
  redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast' });
  await ready(redis);
});
afterAll(async () => {
  await redis.quit();
  await server.stop();
});

const LIMITS = [
  rateLimit({ requestsPerMinute: 6, maxConcurrency: 4 }),
  rateLimit({ scope: { user: '*' }, requestsPerMinute: 4, tokensPerMinute: 500 }),
  rateLimit({ scope: { team: '*' }, tokensPerMinute: 900 }),
];
const BUDGETS = [
  budget({ amountNanoUsd: '40000000000000000', period: 'total' }),
  budget({ amountNanoUsd: '18014398509481985', period: 'total', scope: { user: '*' } }),
  budget({ amountNanoUsd: '1', period: 'total', enforcement: 'soft', scope: { service: 'crawler' } }),
];
const HOLD_MS = 20_000;
const ESTIMATE = 2n ** 53n - 1n;

/** Around 2^53, where doubles stop being exact. */
const money = fc.bigInt({ min: 2n ** 53n - 5n, max: 2n ** 53n + 5n });
const tokens = fc.integer({ min: 0, max: 300 });
/** `which` picks one of the calls admitted so far, ended or not. */
const which = fc.nat(20);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('admit' as const), user: fc.constantFrom('ada', 'bob'), money, tokens }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), which, money, tokens }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dispose' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 25_000 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same steps taken by the scripts and by the model, compared after each. */
class Comparison {
  private readonly model = new QuotaModel();
  private readonly clock = () => this.model.nowMs;
  private readonly quota = new CountedQuota(redis, this.clock);
  private readonly calls: AdmissionRequest[] = [];
  private readonly counters = new Set<string>();

  async take(next: Step): Promise<void> {
    if (next.do === 'wait') this.model.nowMs += next.ms;
    if (next.do === 'sweep')
      expect(await sweep(redis, organizationId, 100, this.clock)).toBe(this.model.sweep(ESTIMATE));
    if (next.do === 'admit') await this.admit(next);
    if (next.do === 'settle') await this.settle(next);
    if (next.do === 'dispose') await this.dispose(next.which);
    for (const key of this.counters) {
      const [committed, reserved] = await redis.hmget(key, 'committed', 'reserved');
      expect([committed, reserved]).toEqual([`${this.model.committed(key)}`, `${this.model.reserved(key)}`]);
    }
  }

  async finish(): Promise<void> {
    const stream = await redis.xrange(keys.usage(organizationId), '-', '+');
    const events = stream.map(([, fields]) => JSON.parse(fields[1] ?? ''));
    const inOrder = (a: { callId: string }, b: { callId: string }) => (a.callId < b.callId ? -1 : 1);
    const booked = events.map(({ callId, costNanoUsd }) => ({ callId, cost: BigInt(costNanoUsd) }));
    expect(booked.sort(inOrder)).toEqual([...this.model.events].sort(inOrder));
  }

  private async admit({ user, money, tokens }: Extract<Step, { do: 'admit' }>): Promise<void> {
    const callId = uuidv7();
    const call = request(
      { limits: LIMITS, budgets: BUDGETS, facts: { user }, atMs: this.model.nowMs },
      {
        callId,
        worstCaseNanoUsd: money,
        inputTokens: tokens,
        holdMs: HOLD_MS,
        estimate: usageEvent({ callId, costNanoUsd: ESTIMATE.toString() }),
      },
    );
    const expected = this.model.admit(ticketOf(call), HOLD_MS);
    const answer = await this.quota.admit(call);
    expect(answer.ok ? null : answer.refusal.kind === 'budget' ? 'budget' : 'limit').toBe(expected);
    if (!answer.ok) return;
    this.calls.push(call);
    for (const { key } of call.plan.budgets) this.counters.add(key);
  }

  private async settle({ which, money, tokens }: Extract<Step, { do: 'settle' }>): Promise<void> {
    const call = this.calls[which];
    if (call === undefined) return;
    const event = usageEvent({ callId: call.callId, costNanoUsd: money.toString() });
    const outcome = await this.quota.reopen(ticketOf(call)).settle({ inputTokens: tokens, outputTokens: 0, event });
    expect(outcome).toBe(this.model.settle(call.callId, tokens, money));
  }

  private async dispose(which: number): Promise<void> {
    const call = this.calls[which];
    if (call === undefined) return;
    // A disposed call was never answered: nobody settles it later.
    this.calls.splice(which, 1);
    await this.quota.reopen(ticketOf(call))[Symbol.asyncDispose]();
    this.model.dispose(call.callId);
  }
}

test('any sequence of admissions, settlements, disposals, sweeps and waits ends as the slow model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      await redis.flushall();
      const comparison = new Comparison();
      for (const next of steps) await comparison.take(next);
      await comparison.finish();
    }),
    { numRuns: 60 },
  );
});
