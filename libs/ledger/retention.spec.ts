import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import {
  beginClosing,
  ensurePartitions,
  foldHour,
  insertUsage,
  pendingHours,
  readUsageEvent,
  retain,
  usageReport,
} from './index.js';

const NOW = Date.UTC(2026, 10, 24, 9);
const DAY_MS = 86_400_000;
const OLD = Date.UTC(2026, 7, 1, 12);
const NEW = Date.UTC(2026, 10, 20, 12);

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 4 });
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
afterEach(async () => {
  await database.pool.query('TRUNCATE usage_records, usage_rollups, usage_rollup_pending, organization_settings');
});

async function organization(recordsDays: number | null): Promise<string> {
  const id = uuidv7();
  const data = { id, slug: id.slice(-12), name: 'Acme', wrappedDataKey: 'k' };
  await database.prisma.organization.create({ data });
  await database.prisma.organizationSettings.create({ data: { organizationId: id, recordsDays } });
  return id;
}

async function record(organizationId: string, ...moments: number[]): Promise<void> {
  await ensurePartitions(
    database.pool,
    moments.map((ms) => new Date(ms).toISOString().slice(0, 10)),
  );
  const rows = moments.map((atMs) => {
    const read = readUsageEvent(JSON.stringify(usageEvent({ organizationId, atMs })), organizationId, NOW);
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await insertUsage(database.pool, rows);
}

async function fold(): Promise<void> {
  for (const hour of await pendingHours(database.pool, 100)) await foldHour(database.pool, hour);
}

const kept = (organizationId: string): Promise<number> =>
  database.prisma.usageRecord.count({ where: { organizationId } });

describe('retention', () => {
  it('drops the whole day where nobody keeps any of it, and keeps rollups, so that reports stay', async () => {
    const acme = await organization(90);
    await record(acme, OLD, NEW);
    await fold();
    expect(await retain(database.pool, NOW)).toEqual({ dropped: ['2026-08-01'], deleted: 0, waiting: [] });
    expect(await kept(acme)).toBe(1);
    const query = { organizationId: acme, groupBy: [], interval: null, limit: 9 } as const;
    const [sums] = await usageReport(database.pool, { ...query, from: new Date(OLD), to: new Date(NOW) });
    expect(sums?.requests).toBe(2n);
    expect(await retain(database.pool, NOW)).toEqual({ dropped: [], deleted: 0, waiting: [] });
  });

  it('deletes row by row where another organization keeps its records of the day', async () => {
    const [acme, other, forever] = [await organization(90), await organization(365), await organization(null)];
    await record(acme, OLD, OLD, NEW);
    await record(other, OLD);
    await record(forever, OLD);
    await fold();
    expect(await retain(database.pool, NOW)).toEqual({ dropped: [], deleted: 2, waiting: [] });
    expect([await kept(acme), await kept(other), await kept(forever)]).toEqual([1, 1, 1]);
  });

  it('keeps the last day that is asked for, whole, and not a day more', async () => {
    const acme = await organization(90);
    const boundary = Date.UTC(2026, 7, 26);
    await record(acme, boundary - 1, boundary, boundary + DAY_MS);
    await fold();
    const { dropped } = await retain(database.pool, NOW);
    expect([dropped.includes('2026-08-25'), dropped.includes('2026-08-26')]).toEqual([true, false]);
    expect(await kept(acme)).toBe(2);
  });

  it('waits for hours that are not folded yet', async () => {
    const acme = await organization(90);
    await record(acme, OLD);
    expect(await retain(database.pool, NOW)).toEqual({ dropped: [], deleted: 0, waiting: [acme] });
    expect(await kept(acme)).toBe(1);
  });

  it('409: a month is not closed on what is left of it', async () => {
    const acme = await organization(90);
    await record(acme, OLD);
    await fold();
    await retain(database.pool, NOW);
    await expect(beginClosing(database.pool, acme, '2026-08')).rejects.toMatchObject({ code: 'conflict' });
  });
});
