import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectRedis, keys, ready } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import type { Admission } from './admission.js';
import { decodeBudgetAlert } from './budget-alert.js';
import { readBudget } from './budget-state.js';
import { budget, CountedQuota, FACTS, rateLimit, request, usageEvent } from './quota.fixtures.js';
import type { Reservation } from './reservation.js';

/** Turned by hand, and in the future: Redis really forgets budgets whose period is long over. */
const START_MS = 4_000_000_000_000;
let server: TestRedis;
let redis: Redis;
let nowMs = START_MS;
let quota: CountedQuota;

beforeAll(async () => {
  server = await testRedis();
  redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast' });
  await ready(redis);
  quota = new CountedQuota(redis, () => nowMs);
});
beforeEach(async () => {
  nowMs = START_MS;
  await redis.flushall();
});
afterAll(async () => {
  await redis.quit();
  await server.stop();
});

function admitted(admission: Admission): Reservation {
  if (!admission.ok) throw new Error(`refused: ${JSON.stringify(admission.refusal, (_, v) => String(v))}`);
  return admission.reservation;
}

const settlement = (cost: bigint, tokens = 100, change = {}) => ({
  inputTokens: 0,
  outputTokens: tokens,
  event: usageEvent({ costNanoUsd: cost.toString(), ...change }),
});

describe('rate limits', () => {
  test('the request after the limit is refused and passes exactly when retry-after says', async () => {
    const limits = [rateLimit({ requestsPerMinute: 3 })];
    nowMs = START_MS + 130;
    for (let call = 0; call < 3; call++) {
      expect((await quota.admit(request({ limits }))).ok).toBe(true);
      nowMs += 1_000;
    }
    const refused = await quota.admit(request({ limits }));
    if (refused.ok || refused.refusal.kind !== 'rate-limit') throw new Error('was not refused');
    expect(refused.refusal).toMatchObject({ what: 'requests', limit: 3, requested: 1, model: null });
    nowMs += refused.refusal.retryAfterMs - 1;
    expect((await quota.admit(request({ limits }))).ok).toBe(false);
    nowMs += 1;
    expect((await quota.admit(request({ limits }))).ok).toBe(true);
  });

  test('tokens are taken as reserved and corrected to what was used', async () => {
    const limits = [rateLimit({ tokensPerMinute: 250 })];
    const first = admitted(await quota.admit(request({ limits })));
    admitted(await quota.admit(request({ limits })));
    expect(await quota.admit(request({ limits }))).toMatchObject({ ok: false, refusal: { what: 'tokens' } });
    await first.settle(settlement(0n, 20));
    expect(await quota.admit(request({ limits }))).toMatchObject({ ok: true, limits: { tokens: { remaining: 30 } } });
  });

  test('a call larger than the limit says that it can never pass', async () => {
    const limits = [rateLimit({ tokensPerMinute: 99 })];
    const refused = await quota.admit(request({ limits }));
    expect(refused).toMatchObject({ ok: false, refusal: { what: 'tokens', limit: 99, requested: 100 } });
  });

  test('concurrency is freed by settling, by disposing, and by the hold running out', async () => {
    const limits = [rateLimit({ maxConcurrency: 1 })];
    const refusal = { ok: false, refusal: { what: 'concurrency', limit: 1, requested: 1 } };
    const settled = admitted(await quota.admit(request({ limits })));
    expect(await quota.admit(request({ limits }))).toMatchObject(refusal);
    await settled.settle(settlement(0n));
    {
      await using _disposed = admitted(await quota.admit(request({ limits })));
      expect(await quota.admit(request({ limits }))).toMatchObject(refusal);
    }
    admitted(await quota.admit(request({ limits }, { holdMs: 500 })));
    expect(await quota.admit(request({ limits }))).toMatchObject(refusal);
    nowMs += 500;
    expect((await quota.admit(request({ limits }))).ok).toBe(true);
  });

  test('when one limit refuses, nothing is taken from any other', async () => {
    const open = rateLimit({ requestsPerMinute: 10, tokensPerMinute: 10_000, maxConcurrency: 10 });
    const closed = rateLimit({ requestsPerMinute: 0 });
    const money = budget();
    const refused = await quota.admit(request({ limits: [open, closed], budgets: [money] }, { worstCaseNanoUsd: 5n }));
    expect(refused).toMatchObject({ ok: false, refusal: { limitId: closed.id } });
    expect(await redis.keys('*')).toEqual([keys.countedBudgets('org-1')]);
  });

  test('the refusal names the limit that takes longest to pass', async () => {
    const quick = rateLimit({ requestsPerMinute: 1 });
    const slow = rateLimit({ scope: { service: 'crawler' }, requestsPerMinute: 1 });
    admitted(await quota.admit(request({ limits: [quick] })));
    nowMs += 30_000;
    admitted(await quota.admit(request({ limits: [slow] })));
    expect(await quota.admit(request({ limits: [quick, slow] }))).toMatchObject({
      refusal: { limitId: slow.id, retryAfterMs: 60_250 },
    });
  });

  test('batch calls stop at nine tenths, interactive calls at the limit', async () => {
    const limits = [rateLimit({ requestsPerMinute: 10 })];
    for (let call = 0; call < 9; call++)
      expect((await quota.admit(request({ limits }, { priority: 'batch' }))).ok).toBe(true);
    expect((await quota.admit(request({ limits }, { priority: 'batch' }))).ok).toBe(false);
    expect((await quota.admit(request({ limits }))).ok).toBe(true);
    expect((await quota.admit(request({ limits }))).ok).toBe(false);
  });

  test('the status is that of the tightest limit of each kind', async () => {
    const limits = [
      rateLimit({ requestsPerMinute: 100, tokensPerMinute: 300 }),
      rateLimit({ requestsPerMinute: 5, tokensPerMinute: 10_000 }),
    ];
    expect(await quota.admit(request({ limits }))).toMatchObject({
      limits: {
        requests: { limit: 5, remaining: 4, resetMs: 60_250 },
        tokens: { limit: 300, remaining: 200, resetMs: 60_250 },
      },
    });
    expect(await quota.admit(request({}))).toMatchObject({ limits: { requests: null, tokens: null } });
  });

  test('the same call admitted again takes nothing more', async () => {
    const situation = { limits: [rateLimit({ requestsPerMinute: 1, maxConcurrency: 1 })], budgets: [budget()] };
    const once = request(situation, { worstCaseNanoUsd: 700_000_000n });
    admitted(await quota.admit(once));
    expect(await quota.admit(once)).toMatchObject({ ok: true, limits: { requests: { remaining: 0 } } });
    const { committedNanoUsd } = await readBudget(redis, address(situation.budgets[0]!));
    expect(committedNanoUsd).toBe(700_000_000n);
  });

  test('a candidate that was not tried gives back its request and its tokens', async () => {
    const fallback = rateLimit({ scope: { model: 'large' }, requestsPerMinute: 1, tokensPerMinute: 100 });
    const situation = { limits: [fallback], facts: { models: ['small', 'large'] } };
    const first = admitted(await quota.admit(request(situation)));
    expect(await quota.admit(request(situation))).toMatchObject({ ok: false, refusal: { model: 'large' } });
    await first.settle(settlement(0n, 100, { model: 'small' }));
    const second = admitted(await quota.admit(request(situation)));
    await second.settle(settlement(0n, 100, { model: 'small', attempts: [{ model: 'large', outcome: 'x', ms: 1 }] }));
    expect(await quota.admit(request(situation))).toMatchObject({ ok: false, refusal: { what: 'requests' } });
  });

  test('a server clock that steps back lets nothing more through', async () => {
    const limits = [rateLimit({ requestsPerMinute: 2 })];
    admitted(await quota.admit(request({ limits })));
    nowMs -= 10_000;
    admitted(await quota.admit(request({ limits })));
    expect((await quota.admit(request({ limits }))).ok).toBe(false);
    nowMs += 70_250;
    admitted(await quota.admit(request({ limits })));
    expect((await quota.admit(request({ limits }))).ok).toBe(true);
  });
});

const address = (which: ReturnType<typeof budget>) => ({
  organizationId: FACTS.organizationId,
  budget: which,
  nowMs: START_MS,
});

describe('budgets', () => {
  test('a hard budget lets the last nano-dollar pass and refuses the next', async () => {
    const budgets = [budget({ amountNanoUsd: '100' })];
    admitted(await quota.admit(request({ budgets }, { worstCaseNanoUsd: 60n })));
    expect(await quota.admit(request({ budgets }, { worstCaseNanoUsd: 41n }))).toEqual({
      ok: false,
      refusal: { kind: 'budget', budget: 'monthly', affordableNanoUsd: 40n, model: null },
    });
    expect((await quota.admit(request({ budgets }, { worstCaseNanoUsd: 40n }))).ok).toBe(true);
  });

  test.each([
    ['below 2^53', 2n ** 53n - 2n],
    ['at 2^53', 2n ** 53n],
    ['above 2^53', 2n ** 53n + 1n],
    ['at 10^18', 10n ** 18n],
    ['at the edge of a limb', 10n ** 9n - 1n],
  ])('amounts %s are compared and summed to the nano-dollar', async (_, amount) => {
    const budgets = [budget({ amountNanoUsd: amount.toString(), alertsAt: [1000] })];
    const most = admitted(await quota.admit(request({ budgets }, { worstCaseNanoUsd: amount - 1n })));
    expect((await quota.admit(request({ budgets }, { worstCaseNanoUsd: 2n }))).ok).toBe(false);
    admitted(await quota.admit(request({ budgets }, { worstCaseNanoUsd: 1n })));
    expect((await quota.admit(request({ budgets }, { worstCaseNanoUsd: 1n }))).ok).toBe(false);
    await most.settle(settlement(amount - 3n));
    expect(await readBudget(redis, address(budgets[0]!))).toMatchObject({
      committedNanoUsd: amount - 2n,
      reservedNanoUsd: 1n,
    });
    expect((await quota.admit(request({ budgets }, { worstCaseNanoUsd: 3n }))).ok).toBe(false);
    expect((await quota.admit(request({ budgets }, { worstCaseNanoUsd: 2n }))).ok).toBe(true);
  });

  test('a soft budget never refuses and says that it is exceeded', async () => {
    const budgets = [budget({ slug: 'wish', enforcement: 'soft', amountNanoUsd: '10' })];
    expect(await quota.admit(request({ budgets }, { worstCaseNanoUsd: 10n }))).toMatchObject({ softExceeded: [] });
    expect(await quota.admit(request({ budgets }, { worstCaseNanoUsd: 1n }))).toMatchObject({
      ok: true,
      softExceeded: ['wish'],
    });
  });

  test('nested budgets all have to agree, and the refusal names the one with the least left', async () => {
    const outer = budget({ slug: 'outer', amountNanoUsd: '100', scope: { team: 'research' } });
    const inner = budget({ slug: 'inner', amountNanoUsd: '30', scope: { team: 'search' } });
    expect(await quota.admit(request({ budgets: [outer, inner] }, { worstCaseNanoUsd: 31n }))).toMatchObject({
      refusal: { budget: 'inner', affordableNanoUsd: 30n },
    });
    admitted(await quota.admit(request({ budgets: [outer, inner] }, { worstCaseNanoUsd: 30n })));
    expect((await readBudget(redis, address(outer))).committedNanoUsd).toBe(30n);
  });

  test('only the model that answered pays from the budgets of models', async () => {
    const small = budget({ scope: { model: 'small' } });
    const large = budget({ scope: { model: 'large' } });
    const everything = budget();
    const situation = { budgets: [small, large, everything], facts: { models: ['small', 'large'] } };
    const reservation = admitted(await quota.admit(request(situation, { worstCaseNanoUsd: 50n })));
    await reservation.settle(settlement(20n, 1, { model: 'large' }));
    const committed = async (which: typeof small) => (await readBudget(redis, address(which))).committedNanoUsd;
    expect([await committed(small), await committed(large), await committed(everything)]).toEqual([0n, 20n, 20n]);
  });

  test('counters expire forty days after the period, those of the total never', async () => {
    nowMs = Date.now();
    const monthly = budget();
    const total = budget({ period: 'total' });
    admitted(await quota.admit(request({ budgets: [monthly, total], atMs: nowMs }, { worstCaseNanoUsd: 5n })));
    const [, plannedTotal] = request({ budgets: [monthly, total], atMs: nowMs }).plan.budgets;
    const planned = request({ budgets: [monthly], atMs: nowMs }).plan.budgets[0]!;
    const { resetsAtMs } = await readBudget(redis, { ...address(monthly), nowMs });
    expect(await redis.pexpiretime(planned.key)).toBe(resetsAtMs! + 40 * 86_400_000);
    expect(await redis.pexpiretime(plannedTotal!.key)).toBe(-1);
  });

  test.each([-1n, 10n ** 18n + 1n])('a worst case of %s nano-USD is a mistake of the caller', async (worst) => {
    await expect(quota.admit(request({}, { worstCaseNanoUsd: worst }))).rejects.toThrow(RangeError);
  });

  test('a budget too large to count is refused before its counter overflows', async () => {
    const budgets = [budget({ amountNanoUsd: '999999999999999999999999' })];
    for (let call = 0; call < 8; call++)
      admitted(await quota.admit(request({ budgets }, { worstCaseNanoUsd: 10n ** 18n })));
    expect((await quota.admit(request({ budgets }, { worstCaseNanoUsd: 1n }))).ok).toBe(false);
  });
});

describe('threshold alerts', () => {
  test('each threshold is told once, when spending reaches it, whatever settles later', async () => {
    const which = budget({ amountNanoUsd: '100', alertsAt: [1000, 500] });
    const spend = async (cost: bigint) => {
      const reservation = admitted(await quota.admit(request({ budgets: [which] }, { worstCaseNanoUsd: cost })));
      await reservation.settle(settlement(cost));
    };
    const told = async () =>
      (await redis.xrange(keys.budgetAlerts(FACTS.organizationId), '-', '+')).map(([, fields]) =>
        decodeBudgetAlert(fields),
      );
    await spend(49n);
    expect(await told()).toEqual([]);
    await spend(1n);
    await spend(10n);
    expect(await told()).toEqual([
      {
        budgetId: which.id,
        subject: 'all',
        periodKey: expect.stringMatching(/^\d{4}-\d{2}$/),
        share: 500,
        spentNanoUsd: 50n,
      },
    ]);
    await spend(40n);
    expect((await told()).map(({ share }) => share)).toEqual([500, 1000]);
  });
});
