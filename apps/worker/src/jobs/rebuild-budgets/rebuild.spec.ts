import { Queue } from 'bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { QUEUES } from '#libs/messages';
import { type BudgetAddress, countedBudgets, readBudget } from '#libs/quota';
import { keys, QUEUE_PREFIX } from '#libs/redis';
import { usageEvent } from '#libs/testing';
import { startWorker, type WorkerApp } from '../../../../../test/worker/start-worker.js';
import { rebuildBudgets } from './rebuild.js';

let worker: WorkerApp;
let organizationId: string;
beforeAll(async () => {
  worker = await startWorker();
}, 60_000);
afterAll(() => worker?.stop());
beforeEach(async () => {
  organizationId = uuidv7();
  await prisma().organization.create({
    data: { id: organizationId, slug: `org-${organizationId}`, name: 'Acme', wrappedDataKey: 'k' },
  });
});

const prisma = () => worker.connections.database.prisma;
const redis = () => worker.connections.redis;
const parts = () => ({
  redis: redis(),
  prisma: prisma(),
  pool: worker.connections.database.pool,
  clock: worker.connections.clock,
});

const emit = (facts: Partial<Parameters<typeof usageEvent>[0]>): Promise<unknown> =>
  redis().xadd(keys.usage(organizationId), '*', 'event', JSON.stringify(usageEvent({ organizationId, ...facts })));

/** The worker under test moves events within milliseconds; what it moved is in Postgres. */
const recorded = async (count: number): Promise<void> => {
  while ((await prisma().usageRecord.count({ where: { organizationId } })) < count)
    await new Promise((resolve) => setTimeout(resolve, 20));
};

async function makeBudget(scope: object, more: object = {}): Promise<BudgetAddress['budget']> {
  const id = uuidv7();
  const row = { id, organizationId, slug: `b-${id}`, scope, amountNanoUsd: 10n ** 12n, period: 'month', ...more };
  await prisma().budget.create({ data: row });
  while (!(await countedBudgets(redis(), organizationId)).has(id))
    await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    ...row,
    amountNanoUsd: '1000000000000',
    period: row.period as 'month',
    timezone: 'UTC',
    enforcement: 'hard',
    alertsAt: [],
  };
}

const spent = async (budget: BudgetAddress['budget'], subject?: string): Promise<bigint> => {
  const address = { organizationId, budget, nowMs: Date.now(), ...(subject !== undefined && { subject }) };
  return (await readBudget(redis(), address)).committedNanoUsd;
};

describe('the counters of budgets', () => {
  it('of a budget that is made in the middle of a period begin with what was spent in it', async () => {
    await emit({ costNanoUsd: '100', team: 'web' });
    await emit({ costNanoUsd: '23', team: 'other' });
    await emit({ costNanoUsd: '1000', team: 'web', atMs: Date.UTC(2024, 5, 1) });
    await recorded(3);
    expect(await spent(await makeBudget({}))).toBe(123n);
    expect(await spent(await makeBudget({ team: 'web' }))).toBe(100n);
    expect(await spent(await makeBudget({}, { period: 'total' }))).toBe(1_123n);
    expect(await spent(await makeBudget({ team: 'nobody' }))).toBe(0n);
  });

  it('count inner teams in outer ones, and users, tags and models one by one', async () => {
    const outer = uuidv7();
    await prisma().team.create({ data: { id: outer, organizationId, slug: 'engineering', name: 'E' } });
    await prisma().team.create({
      data: { id: uuidv7(), organizationId, slug: 'web', name: 'W', parentId: outer },
    });
    await emit({ costNanoUsd: '7', team: 'web', endUser: 'ada', model: 'gpt', tags: { task: 'a b' } });
    await emit({ costNanoUsd: '11', team: 'engineering', endUser: 'bob', model: 'claude', tags: { task: 'x' } });
    await emit({ costNanoUsd: '13', team: 'web', endUser: null, model: null });
    await recorded(3);
    expect(await spent(await makeBudget({ team: 'engineering' }))).toBe(31n);
    const teams = await makeBudget({ team: '*' });
    expect([await spent(teams, 'team=web'), await spent(teams, 'team=engineering')]).toEqual([20n, 31n]);
    const users = await makeBudget({ user: '*', team: 'web' });
    expect([await spent(users, 'team=web,user=ada'), await spent(users, 'team=web,user=bob')]).toEqual([7n, 0n]);
    expect(await spent(await makeBudget({ model: 'claude' }))).toBe(11n);
    expect(await spent(await makeBudget({ tags: { task: 'a b' } }))).toBe(7n);
  });

  it('include events that are not in the ledger yet, those that are in both once, and no garbage', async () => {
    await emit({ costNanoUsd: '5' });
    await recorded(1);
    const both = uuidv7();
    const budget = await makeBudget({});
    await emit({ costNanoUsd: '30', callId: both });
    await recorded(2);
    const lock = await worker.connections.database.pool.connect();
    await lock.query('BEGIN; LOCK TABLE usage_records IN SHARE MODE');
    try {
      for (const facts of [{ costNanoUsd: '30', callId: both }, { costNanoUsd: '200' }]) await emit(facts);
      await redis().xadd(keys.usage(organizationId), '*', 'event', 'garbage');
      expect(await rebuildBudgets(parts(), organizationId, [budget.id])).toMatchObject({ overtaken: [] });
      expect(await prisma().usageRecord.count({ where: { organizationId } })).toBe(2);
    } finally {
      await lock.query('COMMIT');
      lock.release();
    }
    expect(await spent(budget)).toBe(235n);
  });

  it('are set from the ledger when Redis has lost them', async () => {
    await emit({ costNanoUsd: '42' });
    await recorded(1);
    const budget = await makeBudget({});
    await redis().del(keys.countedBudgets(organizationId), ...(await redis().keys(`{${organizationId}}:budget:*`)));
    while (!(await countedBudgets(redis(), organizationId)).has(budget.id))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await spent(budget)).toBe(42n);
  });

  it('are set from the ledger when an operator asks, and the job says which', async () => {
    await emit({ costNanoUsd: '42' });
    await recorded(1);
    const budget = await makeBudget({});
    const [key = ''] = await redis().keys(`{${organizationId}}:budget:*`);
    await redis().hset(key, 'committed', 999);
    const connection = { url: worker.connections.config.redisUrl };
    const queue = new Queue(QUEUES.rebuildBudgets, { connection, prefix: QUEUE_PREFIX });
    const job = await queue.add('asked', { organizationId, budgetIds: null });
    while (!(await job.isCompleted())) await new Promise((resolve) => setTimeout(resolve, 20));
    const { returnvalue } = (await queue.getJob(job.id ?? ''))!;
    await queue.close();
    expect(returnvalue).toEqual({ rebuilt: [budget.slug], overtaken: [] });
    expect(await spent(budget)).toBe(42n);
  });
});
