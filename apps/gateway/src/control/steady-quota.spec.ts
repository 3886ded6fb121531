import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_TOKENS, systemClock, uuidv7 } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import {
  type Admission,
  type AdmissionRequest,
  type Budget,
  declareCounted,
  planAdmission,
  type RateLimit,
  type Reservation,
  readBudget,
} from '#libs/quota';
import { connectRedis, keys, ready } from '#libs/redis';
import { createLogger } from '#libs/telemetry';
import { usageEvent } from '#libs/testing';
import { type RestartableRedis, restartableRedis } from '../../../../test/e2e/restartable-redis.js';
import { RedisPresence } from './redis-presence.js';
import { keepReplaying } from './replaying.js';
import { Spool } from './spool/spool.js';
import { SteadyQuota } from './steady-quota.js';

const organizationId = '01900000-0000-7000-8000-00000000000a';
const log = createLogger('spec', 'silent');
let server: RestartableRedis;
let directory: string;
let redis: Redis;
let presence: RedisPresence;
let spool: Spool;
let quota: SteadyQuota;
let stopReplaying: () => void;

beforeAll(async () => {
  server = await restartableRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-steady-'));
  await server.start();
  redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast', commandTimeoutMs: 300 });
  await ready(redis);
  await redis.flushall();
  presence = new RedisPresence(redis, log, () => systemClock.now());
  spool = new Spool({ directory, bytesMax: 100_000, log });
  quota = new SteadyQuota({ redis, presence, spool, gateways: () => 2, graceNanoUsd: 0n, clock: systemClock });
  stopReplaying = keepReplaying(quota, presence, log);
});
afterEach(async () => {
  stopReplaying();
  presence.close();
  await spool.close();
  redis.disconnect();
  await rm(directory, { recursive: true, force: true });
});

const HARD: Budget = {
  id: 'b-hard',
  slug: 'hard',
  scope: {},
  amountNanoUsd: '1000',
  period: 'total',
  timezone: 'UTC',
  enforcement: 'hard',
  alertsAt: [],
};
const SOFT: Budget = { ...HARD, id: 'b-soft', slug: 'soft', enforcement: 'soft' };

function request(budgets: readonly Budget[], limits: readonly RateLimit[] = []): AdmissionRequest {
  const callId = uuidv7();
  const facts = {
    organizationId,
    teamPath: [],
    service: 's',
    agent: null,
    user: null,
    route: null,
    models: [],
    tags: {},
  };
  return {
    callId,
    plan: planAdmission(facts, limits, budgets, Date.now()),
    inputTokens: 1,
    outputTokensReserved: 1,
    worstCaseNanoUsd: 100n,
    holdMs: 60_000,
    estimate: usageEvent({ organizationId, callId, costNanoUsd: '100' }),
  };
}
function admitted(admission: Admission): Reservation {
  if (!admission.ok) throw new Error(`refused: ${admission.refusal.kind}`);
  return admission.reservation;
}
const settle = (reservation: Reservation, cost = 30) =>
  reservation.settle({
    inputTokens: 1,
    outputTokens: 1,
    event: usageEvent({ organizationId, callId: reservation.ticket.callId, costNanoUsd: `${cost}`, tokens: NO_TOKENS }),
  });
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
};
const events = async (): Promise<UsageEvent[]> =>
  (await redis.xrange(keys.usage(organizationId), '-', '+')).map(([, fields]) => JSON.parse(fields[1] ?? ''));
const money = async (budget: Budget) => {
  const { committedNanoUsd, reservedNanoUsd } = await readBudget(redis, { organizationId, budget, nowMs: Date.now() });
  return [committedNanoUsd, reservedNanoUsd];
};
const replayed = (): Promise<void> => until(async () => !presence.away && (await readdir(directory)).length === 0);

describe('when Redis is killed', () => {
  it('what was admitted before settles into the spool, and is booked once when Redis is back', async () => {
    await declareCounted(redis, organizationId, [HARD.id], 0);
    const [first, second] = [
      admitted(await quota.admit(request([HARD]))),
      admitted(await quota.admit(request([HARD]))),
    ];
    await server.kill();
    expect(await settle(first)).toBe('booked');
    await second[Symbol.asyncDispose]();
    expect(spool.entries).toBe(2);
    await server.start();
    await replayed();
    expect(await money(HARD)).toEqual([30n, 0n]);
    expect((await events()).map(({ callId }) => callId)).toEqual([first.ticket.callId]);
    await quota.replay();
    await settle(first);
    expect(await money(HARD)).toEqual([30n, 0n]);
  });

  it('calls under no hard budget go on within this process’s share, and are booked when Redis is back', async () => {
    const limit = { id: 'l', scope: {}, requestsPerMinute: 4, tokensPerMinute: null, maxConcurrency: null };
    await server.kill();
    await until(() => presence.away);
    const reservations = [];
    for (let call = 0; call < 2; call++) reservations.push(admitted(await quota.admit(request([SOFT], [limit]))));
    expect(await quota.admit(request([SOFT], [limit]))).toMatchObject({
      ok: false,
      refusal: { kind: 'rate-limit', limit: 2, what: 'requests' },
    });
    for (const reservation of reservations) await settle(reservation);
    await quota.appendEvent(usageEvent({ organizationId, status: 429 }));
    await server.start();
    await replayed();
    expect(await money(SOFT)).toEqual([60n, 0n]);
    expect((await events()).map(({ status }) => status)).toEqual([200, 200, 429]);
    expect((await quota.admit(request([SOFT], [limit]))).ok).toBe(true);
  });

  it('hard budgets refuse, and say when to come again', async () => {
    await server.kill();
    await until(() => presence.away);
    const refused = await quota.admit(request([HARD]));
    expect(refused).toMatchObject({ ok: false, refusal: { kind: 'unchecked', budget: 'hard', retryAfterMs: 2_000 } });
    expect(spool.entries).toBe(0);
  });

  it('a spool that is full refuses new calls', async () => {
    await server.kill();
    await until(() => presence.away);
    while (!spool.full) await quota.appendEvent(usageEvent({ organizationId }));
    await expect(quota.admit(request([]))).rejects.toMatchObject({ code: 'overloaded' });
    await server.start();
    await replayed();
    expect((await quota.admit(request([]))).ok).toBe(true);
  });
});

describe('when Redis stops answering', () => {
  it('an admission that may have been taken is given back, or settled as what it is', async () => {
    await declareCounted(redis, organizationId, [HARD.id], 0);
    process.kill(server.pid(), 'SIGSTOP');
    const refused = await quota.admit(request([HARD]));
    expect(refused).toMatchObject({ ok: false, refusal: { kind: 'unchecked' } });
    process.kill(server.pid(), 'SIGCONT');
    await replayed();
    expect(await money(HARD)).toEqual([0n, 0n]);

    process.kill(server.pid(), 'SIGSTOP');
    const taken = admitted(await quota.admit(request([SOFT])));
    process.kill(server.pid(), 'SIGCONT');
    await until(() => !presence.away);
    await settle(taken);
    await replayed();
    expect(await money(SOFT)).toEqual([30n, 0n]);
    expect(await redis.zcard(keys.reservations(organizationId))).toBe(0);
  });
});

describe('a hard budget that is being counted', () => {
  it('holds the call until it is, and refuses with a wait when it takes longer', async () => {
    const held = quota.admit(request([HARD]));
    await declareCounted(redis, organizationId, [HARD.id], 0);
    expect((await held).ok).toBe(true);
    await redis.del(keys.countedBudgets(organizationId));
    expect(await quota.admit(request([HARD]))).toMatchObject({ ok: false, refusal: { kind: 'unchecked' } });
  });
});
