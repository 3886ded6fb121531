import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uuidv7 } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import { connectRedis, keys, ready } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import { readBudget } from './budget-state.js';
import { budget, CountedQuota, FACTS, rateLimit, request, usageEvent } from './quota.fixtures.js';
import { sweep } from './sweeper.js';
import { ticketOf } from './ticket.js';
import { appendEvent } from './usage-stream.js';

const { organizationId } = FACTS;
let server: TestRedis;
let redis: Redis;
let nowMs: number;
let quota: CountedQuota;
const clock = () => nowMs;

beforeAll(async () => {
  server = await testRedis();
  redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast' });
  await ready(redis);
  quota = new CountedQuota(redis, clock);
});
beforeEach(async () => {
  nowMs = Date.now();
  await redis.flushall();
});
afterAll(async () => {
  await redis.quit();
  await server.stop();
});

const monthly = budget();
const limit = rateLimit({ requestsPerMinute: 100, tokensPerMinute: 1_000, maxConcurrency: 5 });

/** A call under one limit and one budget, with a worst case of 100 nano-USD. */
const someCall = (callId = uuidv7()) =>
  request(
    { limits: [limit], budgets: [monthly], atMs: nowMs },
    { callId, worstCaseNanoUsd: 100n, estimate: usageEvent({ callId, costNanoUsd: '80' }) },
  );

async function admit(call = someCall()) {
  const admission = await quota.admit(call);
  if (!admission.ok) throw new Error('refused');
  return admission.reservation;
}

const settlement = (callId: string, cost = 30n) => ({
  inputTokens: 5,
  outputTokens: 5,
  event: usageEvent({ callId, costNanoUsd: cost.toString() }),
});

async function events(): Promise<UsageEvent[]> {
  const entries = await redis.xrange(keys.usage(organizationId), '-', '+');
  return entries.map(([, [name, event]]) => {
    expect(name).toBe('event');
    return JSON.parse(event ?? '') as UsageEvent;
  });
}

const money = async () => {
  const { committedNanoUsd, reservedNanoUsd } = await readBudget(redis, { organizationId, budget: monthly, nowMs });
  return { committed: committedNanoUsd, reserved: reservedNanoUsd };
};

describe('settlement', () => {
  test('books the cost, appends the event as it is and leaves no trace of the reservation', async () => {
    const call = someCall();
    const reservation = await admit(call);
    expect(await money()).toEqual({ committed: 100n, reserved: 100n });
    const truth = settlement(call.callId);
    expect(await reservation.settle(truth)).toBe('booked');
    expect(await money()).toEqual({ committed: 30n, reserved: 0n });
    expect(await events()).toEqual([truth.event]);
    expect(await redis.exists(keys.reservation(organizationId, call.callId))).toBe(0);
    expect(await redis.zcard(keys.reservations(organizationId))).toBe(0);
  });

  test('books a cost above the worst case too: the record is true before the budget is kept', async () => {
    const call = someCall();
    await (await admit(call)).settle(settlement(call.callId, 2_000_000_000n));
    expect(await money()).toEqual({ committed: 2_000_000_000n, reserved: 0n });
  });

  test('a second settlement changes nothing, whichever handle it comes from', async () => {
    const call = someCall();
    const reservation = await admit(call);
    await reservation.settle(settlement(call.callId));
    expect(await reservation.settle(settlement(call.callId, 99n))).toBe('already-settled');
    expect(await quota.reopen(ticketOf(call)).settle(settlement(call.callId, 99n))).toBe('already-settled');
    expect(await money()).toEqual({ committed: 30n, reserved: 0n });
    expect(await events()).toHaveLength(1);
  });

  test('of settlements that race, one books', async () => {
    const call = someCall();
    await admit(call);
    const racing = Array.from({ length: 20 }, () => quota.reopen(ticketOf(call)).settle(settlement(call.callId)));
    const outcomes = await Promise.all(racing);
    expect(outcomes.filter((outcome) => outcome === 'booked')).toHaveLength(1);
    expect(await money()).toEqual({ committed: 30n, reserved: 0n });
  });

  test('a call that Redis has forgotten, or never admitted, is booked once all the same', async () => {
    const call = someCall();
    await admit(call);
    await redis.flushall();
    const ticket = JSON.parse(JSON.stringify(ticketOf(call)));
    expect(await quota.reopen(ticket).settle(settlement(call.callId))).toBe('booked');
    expect(await quota.reopen(ticket).settle(settlement(call.callId))).toBe('already-settled');
    expect(await money()).toEqual({ committed: 30n, reserved: 0n });
    expect(await events()).toHaveLength(1);
    expect(await redis.pttl(call.plan.budgets[0]!.key)).toBeGreaterThan(0);
  });

  test.each(['-1', (10n ** 18n + 1n).toString()])(
    'a cost of %s nano-USD is refused before anything is sent',
    async (costNanoUsd) => {
      const reservation = await admit();
      const wrong = { inputTokens: 0, outputTokens: 0, event: usageEvent({ costNanoUsd }) };
      await expect(reservation.settle(wrong)).rejects.toThrow(RangeError);
      expect(await money()).toEqual({ committed: 100n, reserved: 100n });
    },
  );
});

describe('disposing', () => {
  test('gives back money, tokens and concurrency, keeps the request counted and appends nothing', async () => {
    {
      await using _reservation = await admit();
    }
    expect(await money()).toEqual({ committed: 0n, reserved: 0n });
    expect(await events()).toEqual([]);
    expect(await redis.keys('*:running:*')).toEqual([]);
    const next = await quota.admit(someCall());
    expect(next).toMatchObject({ limits: { requests: { remaining: 98 }, tokens: { remaining: 900 } } });
  });

  test('happens on every way out', async () => {
    const fails = async () => {
      await using _reservation = await admit();
      throw new Error('upstream');
    };
    await expect(fails()).rejects.toThrow('upstream');
    expect(await money()).toEqual({ committed: 0n, reserved: 0n });
  });

  test('does nothing after a settlement', async () => {
    const call = someCall();
    {
      await using reservation = await admit(call);
      await reservation.settle(settlement(call.callId));
    }
    expect(await money()).toEqual({ committed: 30n, reserved: 0n });
    expect(await events()).toHaveLength(1);
  });
});

describe('the sweeper', () => {
  test('leaves a call alone until its hold is over, then books its estimate as an orphan', async () => {
    const call = someCall();
    await admit(call);
    nowMs += call.holdMs - 1;
    expect(await sweep(redis, organizationId, 10, clock)).toBe(0);
    nowMs += 1;
    expect(await sweep(redis, organizationId, 10, clock)).toBe(1);
    expect(await money()).toEqual({ committed: 80n, reserved: 0n });
    expect(await events()).toEqual([{ ...call.estimate, orphaned: true, estimated: true }]);
    expect(await redis.keys('*:running:*')).toEqual([]);
    expect(await sweep(redis, organizationId, 10, clock)).toBe(0);
  });

  test('a settlement that comes after the sweep finds the call settled', async () => {
    const call = someCall();
    const reservation = await admit(call);
    nowMs += call.holdMs;
    await sweep(redis, organizationId, 10, clock);
    expect(await reservation.settle(settlement(call.callId))).toBe('already-settled');
    expect(await money()).toEqual({ committed: 80n, reserved: 0n });
    expect(await events()).toHaveLength(1);
  });

  test('two sweepers at once book each orphan once', async () => {
    const running = 30;
    for (let call = 0; call < running; call++) await admit(request({ budgets: [monthly], atMs: nowMs }));
    nowMs += 60_000;
    const [left = 0, right = 0] = await Promise.all([
      sweep(redis, organizationId, 100, clock),
      sweep(redis, organizationId, 100, clock),
    ]);
    expect(left + right).toBe(running);
    expect(await events()).toHaveLength(running);
  });

  test('takes no more than its limit, oldest first', async () => {
    const first = someCall();
    await admit(first);
    nowMs += 1;
    await admit();
    nowMs += 60_000;
    expect(await sweep(redis, organizationId, 1, clock)).toBe(1);
    expect((await events()).map(({ callId }) => callId)).toEqual([first.callId]);
  });

  test('books nothing more for an admission that came through after its own settlement', async () => {
    const call = someCall();
    await quota.reopen(ticketOf(call)).settle(settlement(call.callId));
    await admit(call);
    nowMs += call.holdMs;
    expect(await sweep(redis, organizationId, 10, clock)).toBe(0);
    expect(await money()).toEqual({ committed: 30n, reserved: 0n });
    expect(await events()).toHaveLength(1);
  });

  test("goes by the server's clock when none is given", async () => {
    const real = new CountedQuota(redis);
    await real.admit({ ...someCall(), holdMs: 3_600_000 });
    expect(await sweep(redis, organizationId, 10)).toBe(0);
    await real.admit({ ...someCall(), holdMs: 0 });
    expect(await sweep(redis, organizationId, 10)).toBe(1);
  });
});

test('a scope with a star has a counter per value and must be told which', async () => {
  const each = budget({ scope: { team: '*' } });
  await admit(request({ budgets: [each], atMs: nowMs }, { worstCaseNanoUsd: 3n }));
  await expect(readBudget(redis, { organizationId, budget: each, nowMs })).rejects.toThrow(RangeError);
  for (const subject of ['team=search', 'team=research'])
    expect(await readBudget(redis, { organizationId, budget: each, subject, nowMs })).toMatchObject({
      committedNanoUsd: 3n,
    });
});

test('the event of a call that reserved nothing is appended as it is', async () => {
  const event = usageEvent({ status: 429, error: 'insufficient_quota' });
  await appendEvent(redis, event);
  expect(await events()).toEqual([event]);
});

test('scripts that the server forgets are sent again', async () => {
  const call = someCall();
  const reservation = await admit(call);
  await redis.script('FLUSH');
  await reservation.settle(settlement(call.callId));
  await redis.script('FLUSH');
  const after = someCall();
  await (await admit(after)).settle(settlement(after.callId));
  expect(await money()).toEqual({ committed: 60n, reserved: 0n });
});
