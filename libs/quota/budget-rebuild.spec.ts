import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectRedis, keys, ready } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import { Quota } from './admission.js';
import { beginRebuild, countedBudgets, declareCounted, finishRebuild } from './budget-rebuild.js';
import { readBudget } from './budget-state.js';
import { budget, FACTS, request, usageEvent } from './quota.fixtures.js';
import type { Reservation } from './reservation.js';

const { organizationId } = FACTS;
const nowMs = Date.now();
const monthly = budget({ alertsAt: [500, 1000] });
const of = { organizationId, budget: monthly, nowMs };
const SUBJECTS = ['all'];
let server: TestRedis;
let redis: Redis;
let quota: Quota;

beforeAll(async () => {
  server = await testRedis();
  redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast' });
  await ready(redis);
  quota = new Quota(redis);
});
beforeEach(() => redis.flushall());
afterAll(async () => {
  await redis.quit();
  await server.stop();
});

const call = (budgets = [monthly]) => request({ budgets, atMs: nowMs }, { worstCaseNanoUsd: 100n });
const settle = (reservation: Reservation, cost: number) =>
  reservation.settle({
    inputTokens: 1,
    outputTokens: 1,
    event: usageEvent({ callId: reservation.ticket.callId, costNanoUsd: `${cost}` }),
  });
async function admitted(it = call()): Promise<Reservation> {
  const admission = await quota.admit(it);
  if (!admission.ok) throw new Error(`refused: ${admission.refusal.kind}`);
  return admission.reservation;
}
const money = async () => {
  const { committedNanoUsd, reservedNanoUsd } = await readBudget(redis, of);
  return { committed: committedNanoUsd, reserved: reservedNanoUsd };
};

describe('a hard budget that is not counted', () => {
  test('holds calls until it is rebuilt, and says that they may come again', async () => {
    const held = await quota.admit(call());
    expect(held).toEqual({
      ok: false,
      refusal: { kind: 'unchecked', budget: 'monthly', retryAfterMs: 1_000, model: null },
    });
    expect(await redis.keys('*')).toEqual([]);
    const rebuild = await beginRebuild(redis, of, SUBJECTS);
    expect(await finishRebuild(redis, rebuild, new Map([['all', 7n]]))).toBe('rebuilt');
    await admitted();
    expect(await money()).toEqual({ committed: 107n, reserved: 100n });
  });

  test('does not hold calls under other budgets, nor does a soft one hold its own', async () => {
    await admitted(call([budget({ enforcement: 'soft' })]));
    const other = budget();
    await declareCounted(redis, organizationId, [other.id], nowMs);
    await admitted(call([other]));
    expect(await countedBudgets(redis, organizationId)).toEqual(new Set([other.id]));
  });

  test('holds calls again when Redis has come back empty', async () => {
    await declareCounted(redis, organizationId, [monthly.id], nowMs);
    await admitted();
    await redis.flushall();
    expect(await quota.admit(call())).toMatchObject({ ok: false, refusal: { kind: 'unchecked' } });
  });
});

describe('a rebuild', () => {
  beforeEach(() => declareCounted(redis, organizationId, [monthly.id], nowMs));

  test('leaves running reservations in place, and keeps what is booked while the ledger is asked', async () => {
    const [first, second] = [await admitted(), await admitted()];
    await settle(await admitted(), 50);
    const rebuild = await beginRebuild(redis, of, SUBJECTS);
    await settle(first, 30);
    expect(await finishRebuild(redis, rebuild, new Map([['all', 600n]]))).toBe('rebuilt');
    expect(await money()).toEqual({ committed: 730n, reserved: 100n });
    await settle(second, 5);
    expect(await money()).toEqual({ committed: 635n, reserved: 0n });
  });

  test('names the last event that the counters had seen, so that nothing is counted twice', async () => {
    expect((await beginRebuild(redis, of, SUBJECTS)).lastEvent).toBeNull();
    await settle(await admitted(), 50);
    const [[last] = []] = await redis.xrevrange(keys.usage(organizationId), '+', '-', 'COUNT', 1);
    expect((await beginRebuild(redis, of, SUBJECTS)).lastEvent).toBe(last);
  });

  test('sets a counter to zero of which the ledger knows nothing', async () => {
    await settle(await admitted(), 50);
    await finishRebuild(redis, await beginRebuild(redis, of, SUBJECTS), new Map());
    expect(await money()).toEqual({ committed: 0n, reserved: 0n });
  });

  test('that is overtaken, or whose Redis lost its data, changes nothing', async () => {
    const first = await beginRebuild(redis, of, SUBJECTS);
    const second = await beginRebuild(redis, of, SUBJECTS);
    expect(await finishRebuild(redis, first, new Map([['all', 9n]]))).toBe('overtaken');
    await redis.flushall();
    expect(await finishRebuild(redis, second, new Map([['all', 9n]]))).toBe('overtaken');
    expect(await redis.keys('*')).toEqual([]);
  });

  test('does not tell again of thresholds that the ledger had reached, and tells of those it had not', async () => {
    const rebuild = await beginRebuild(redis, of, SUBJECTS);
    await finishRebuild(redis, rebuild, new Map([['all', 999_999_990n]]));
    const last = await quota.admit({ ...call(), worstCaseNanoUsd: 10n });
    if (!last.ok) throw new Error('refused');
    await settle(last.reservation, 10);
    const alerts = await redis.xrange(keys.budgetAlerts(organizationId), '-', '+');
    expect(alerts.map(([, fields]) => fields[fields.indexOf('share') + 1])).toEqual(['1000']);
  });
});
