import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { testDatabase } from '#libs/testing';
import { type Ledger, lookInto, sumOf } from './ledger.js';
import { type CallOutcome, chat, create, makeCostlyRoute, makeTeam } from './load.js';
import { type RestartableRedis, restartableRedis } from './restartable-redis.js';
import { type Stack, startStack, until } from './stack.js';

let redis: RestartableRedis;
let stack: Stack;
let ledger: Ledger;
/** Under the hard budget `guarded`, of a dollar fifty. */
let guarded: string;
/** Under no budget. */
let free: string;
let budgetId: string;

beforeAll(async () => {
  const [database, server] = await Promise.all([testDatabase(), restartableRedis()]);
  redis = server;
  const stop = async (): Promise<void> => {
    await Promise.all([database.stop(), server.stop()]);
  };
  stack = await startStack({
    services: { databaseUrl: database.url, redisUrl: server.url, stop },
    gateways: 2,
    env: { LOG_LEVEL: 'info', TOLLGATE_RESERVATION_HOLD_MS: '1000' },
  });
  ledger = lookInto(stack);
  await makeCostlyRoute(stack, { timeoutMs: 3_000 });
  guarded = await makeTeam(stack, 'guarded');
  free = await makeTeam(stack, 'free');
  ({ id: budgetId } = await create(stack, '/budgets', {
    slug: 'guarded',
    scope: { team: 'guarded' },
    amount: '1.50',
    period: 'total',
    enforcement: 'hard',
  }));
  for (const url of stack.gatewayUrls)
    await until(async () => (await call(guarded, { url, maxTokens: 2_000 })).code === 'insufficient_quota');
}, 120_000);
afterAll(async () => {
  await ledger?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});
afterEach(async () => {
  await redis.start();
  await stack.simulator.settings({ tokenDelayMs: 0 });
});

const call = (
  token: string,
  more: { url?: string; maxTokens?: number; requestId?: string; stream?: boolean } = {},
): Promise<CallOutcome> =>
  chat({ url: stack.gatewayUrl, token, model: 'costly', words: 3, maxTokens: 8, stream: false, ...more });

interface Ready {
  readonly status: number;
  readonly components: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
}
async function readiness(url = stack.gatewayUrl): Promise<Ready> {
  const response = await fetch(`${url}/health/ready`);
  return { ...((await response.json()) as Ready), status: response.status };
}
const quotaStatus = async (url?: string): Promise<string | undefined> =>
  (await readiness(url)).components['quota']?.status;
const metric = async (name: string): Promise<string | undefined> =>
  (await (await fetch(`${stack.gatewayUrl}/metrics`)).text()).split('\n').find((line) => line.startsWith(`${name} `));

async function recordedOnce(requestIds: readonly string[]): Promise<void> {
  await until(async () => {
    const ids = new Set((await ledger.rows()).map(({ requestId }) => requestId));
    return requestIds.every((id) => ids.has(id));
  }, 20_000);
  const all = (await ledger.rows()).map(({ requestId }) => requestId);
  for (const id of requestIds) expect(all.filter((each) => each === id)).toHaveLength(1);
}

/** Until everything is recorded; then the counter is the ledger. */
async function expectIdentity(): Promise<void> {
  await until(async () => {
    const { events, reservations } = await ledger.underWay();
    return events === 0 && reservations === 0;
  }, 30_000);
  const booked = sumOf(await ledger.rows('guarded'));
  expect(await ledger.counter(budgetId)).toEqual({ committedNanoUsd: booked, reservedNanoUsd: 0n });
}

describe('while Redis is killed', () => {
  it('calls under no hard budget go on, visibly degraded, and each is in the ledger once when Redis is back', async () => {
    await redis.kill();
    await until(async () => (await quotaStatus()) === 'degraded');
    const ids = Array.from({ length: 20 }, () => uuidv7());
    const outcomes = await Promise.all(
      ids.map((requestId, index) => call(free, { requestId, stream: index % 2 === 0 })),
    );
    expect(outcomes.map(({ complete }) => complete)).toEqual(ids.map(() => true));
    expect(await readiness()).toMatchObject({
      status: 200,
      components: {
        redis: { status: 'degraded' },
        quota: {
          status: 'degraded',
          detail: 'limits are shared among 2 gateways, hard budgets are not checked, 20 entries wait in the spool',
        },
      },
    });
    expect(await metric('tollgate_quota_degraded')).toBe('tollgate_quota_degraded 1');
    expect(await metric('tollgate_spool_entries')).toBe('tollgate_spool_entries 20');
    await redis.start();
    await recordedOnce(ids);
    await until(async () => (await quotaStatus()) === 'up');
    expect(await metric('tollgate_quota_degraded')).toBe('tollgate_quota_degraded 0');
    expect(stack.output()).toContain('working without Redis');
  }, 60_000);

  it('hard budgets refuse with 503 and a wait', async () => {
    await redis.kill();
    await until(async () => (await quotaStatus()) === 'degraded');
    const refused = await call(guarded);
    expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([503, 'overloaded', '2']);
    await redis.start();
    await until(async () => (await call(guarded)).status === 200);
    await expectIdentity();
  }, 60_000);

  it('rate limits fall to each gateway’s share', async () => {
    const token = await makeTeam(stack, 'limited');
    await create(stack, '/rate-limits', { scope: { team: 'limited' }, requestsPerMinute: 10 });
    for (const url of stack.gatewayUrls)
      await until(async () => (await call(token, { url })).headers.get('x-ratelimit-limit-requests') === '10');
    await redis.kill();
    for (const url of stack.gatewayUrls) {
      await until(async () => (await quotaStatus(url)) === 'degraded');
      const outcomes = await Promise.all(Array.from({ length: 9 }, () => call(token, { url })));
      expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(5);
      expect(outcomes.find(({ status }) => status === 429)?.code).toBe('rate_limit_exceeded');
    }
  }, 60_000);

  it('a gateway that is killed too loses nothing that it had answered: the next one replays its spool', async () => {
    await redis.kill();
    await until(async () => (await quotaStatus()) === 'degraded');
    const ids = Array.from({ length: 10 }, () => uuidv7());
    await Promise.all(ids.map((requestId) => call(free, { requestId })));
    const restart = await stack.killGateway(0);
    await redis.start();
    await restart();
    await recordedOnce(ids);
  }, 60_000);

  it('a call that was admitted before is completed to the client and booked once', async () => {
    await stack.simulator.settings({ tokenDelayMs: 150 });
    const requestId = uuidv7();
    const running = call(guarded, { requestId, stream: true });
    await until(async () => (await ledger.underWay()).reservations === 1);
    await redis.kill();
    expect(await running).toMatchObject({ status: 200, complete: true });
    await redis.start();
    await recordedOnce([requestId]);
    await expectIdentity();
  }, 60_000);
});

describe('a Redis that comes back empty', () => {
  it('holds calls under hard budgets until their counters are set from the ledger, and then is exact', async () => {
    await until(async () => (await call(guarded)).status === 200);
    await expectIdentity();
    const before = sumOf(await ledger.rows('guarded'));
    expect(before).toBeGreaterThan(0n);
    await stack.apps.worker.kill();
    await redis.killAndEmpty();
    await redis.start();
    await until(async () => (await quotaStatus()) === 'up');
    const held = await call(guarded);
    expect([held.status, held.code, held.headers.get('retry-after')]).toEqual([503, 'overloaded', '1']);
    expect((await call(free)).status).toBe(200);
    await stack.killAndRestart('worker');
    await until(async () => (await call(guarded)).status === 200);
    await expectIdentity();
    expect((await ledger.counter(budgetId)).committedNanoUsd).toBeGreaterThan(before);
  }, 90_000);
});

describe('a gateway that is killed in the middle of a stream', () => {
  it('leaves a reservation that is booked once, at its estimate, and marked as orphaned', async () => {
    await stack.simulator.settings({ tokenDelayMs: 200 });
    const requestId = uuidv7();
    const leaving = new AbortController();
    const running = chat({
      url: stack.gatewayUrl,
      token: guarded,
      model: 'costly',
      words: 20,
      maxTokens: 20,
      stream: true,
      requestId,
      signal: leaving.signal,
    }).catch((cause: unknown) => String(cause));
    await until(async () => (await ledger.underWay()).reservations === 1);
    const reserved = (await ledger.counter(budgetId)).reservedNanoUsd;
    expect(reserved).toBeGreaterThan(0n);
    const restart = await stack.killGateway(0);
    expect(await running).toContain('TypeError');
    await restart();
    // Three seconds of timeout, ten of margin, five between sweeps.
    await until(async () => (await ledger.rows()).some((row) => row.requestId === requestId), 40_000);
    const rows = (await ledger.rows()).filter((row) => row.requestId === requestId);
    expect(rows).toEqual([expect.objectContaining({ orphaned: true, estimated: true, costNanoUsd: reserved })]);
    await setTimeout(100);
    await expectIdentity();
  }, 90_000);
});
