import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedis, keys, ready } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import { readBudget } from './budget-state.js';
import { budget, CountedQuota, FACTS, rateLimit, request, usageEvent } from './quota.fixtures.js';

const { organizationId } = FACTS;
let server: TestRedis;
/** Two clients with connections of their own, as two gateways have. */
let gateways: readonly [Redis, Redis];

beforeAll(async () => {
  server = await testRedis();
  const connect = () => connectRedis(server.url, { name: 'spec', patience: 'wait' });
  gateways = [connect(), connect()];
  await Promise.all(gateways.map(ready));
});
beforeEach(async () => {
  await gateways[0].flushall();
});
afterAll(async () => {
  await Promise.all(gateways.map((redis) => redis.quit()));
  await server.stop();
});

/** The same numbers on every run: a linear congruential generator (Numerical Recipes). */
function sequence(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

test('five hundred calls at once through two gateways never overshoot a hard budget and use 95 % of it', async () => {
  const random = sequence(42);
  const outer = budget({ slug: 'outer', amountNanoUsd: '1000000000' });
  const inner = budget({ slug: 'inner', amountNanoUsd: '600000000', scope: { service: 'crawler' } });
  const booked = { outer: 0n, inner: 0n };
  const calls = Array.from({ length: 500 }, (_, index) => ({
    index,
    service: index % 2 === 0 ? 'crawler' : 'indexer',
    worst: BigInt(1_000_000 + random(6_000_000)),
    unused: BigInt(random(1_000_000)),
  }));

  /** Whether the call was admitted. One in ten leaves without settling. */
  const attempt = async ({ index, service, worst, unused }: (typeof calls)[number]): Promise<boolean> => {
    const quota = new CountedQuota(gateways[index % 3 === 0 ? 0 : 1]);
    const situation = { budgets: [outer, inner], facts: { service }, atMs: Date.now() };
    const call = request(situation, { worstCaseNanoUsd: worst });
    const admission = await quota.admit(call);
    if (!admission.ok) return false;
    await using reservation = admission.reservation;
    if (index % 10 === 0) return true;
    const costNanoUsd = (worst - unused).toString();
    const event = usageEvent({ callId: call.callId, service, costNanoUsd });
    await reservation.settle({ inputTokens: 1, outputTokens: 1, event });
    booked.outer += worst - unused;
    if (service === 'crawler') booked.inner += worst - unused;
    return true;
  };

  let waiting = calls;
  for (let progress = true; progress; ) {
    const passed = await Promise.all(waiting.map(attempt));
    progress = passed.includes(true);
    waiting = waiting.filter((_, index) => !passed[index]);
  }
  expect(waiting.length).toBeGreaterThan(0);
  expect(booked.outer).toBeLessThanOrEqual(1_000_000_000n);
  expect(booked.outer).toBeGreaterThanOrEqual(950_000_000n);
  expect(booked.inner).toBeLessThanOrEqual(600_000_000n);

  const stream = await gateways[0].xrange(keys.usage(organizationId), '-', '+');
  const recorded = stream.reduce((sum, [, fields]) => sum + BigInt(JSON.parse(fields[1] ?? '').costNanoUsd), 0n);
  expect(recorded).toBe(booked.outer);
  for (const [which, sum] of [
    [outer, booked.outer],
    [inner, booked.inner],
  ] as const)
    expect(await readBudget(gateways[0], { organizationId, budget: which, nowMs: Date.now() })).toMatchObject({
      committedNanoUsd: sum,
      reservedNanoUsd: 0n,
    });
});

test('two saturating gateways together admit at most the limit in any 60 s, and at least 99 % of it', async () => {
  const limits = [rateLimit({ requestsPerMinute: 600 })];
  let nowMs = 4_000_000_000_000;
  const quotas = gateways.map((redis) => new CountedQuota(redis, () => nowMs));
  const admittedAtMs: number[] = [];
  const endMs = nowMs + 120_000;
  for (; nowMs < endMs; nowMs += 97) {
    const atMs = nowMs;
    const answers = await Promise.all([0, 1, 0, 1].map((which) => quotas[which]?.admit(request({ limits, atMs }))));
    for (const answer of answers) if (answer?.ok) admittedAtMs.push(atMs);
  }
  let first = 0;
  let most = 0;
  for (const [index, atMs] of admittedAtMs.entries()) {
    while ((admittedAtMs[first] ?? 0) <= atMs - 60_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  expect(most).toBe(600);
  expect(admittedAtMs.length).toBeGreaterThanOrEqual(2 * 600 * 0.99);
});

test('concurrency is exact across gateways', async () => {
  const limits = [rateLimit({ maxConcurrency: 7 })];
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      new CountedQuota(gateways[index % 2 === 0 ? 0 : 1]).admit(request({ limits })),
    ),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(7);
});
