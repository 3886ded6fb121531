import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import {
  checkDay,
  checkMonth,
  daysFrom,
  ensurePartitions,
  foldHour,
  foldSpan,
  insertUsage,
  markForFolding,
  pendingHours,
  pendingSpans,
  readUsageEvent,
  type UsageInterval,
  type UsageKey,
  usageReport,
} from '../index.js';

const HOUR_MS = 3_600_000;
const FIRST = Date.UTC(2026, 8, 29);
const DAYS = 34;

let server: TestDatabase;
let database: Database;
let organizationId: string;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 4 });
  await ensurePartitions(database.pool, daysFrom(FIRST, DAYS));
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
beforeEach(async () => {
  organizationId = uuidv7();
  const data = { id: organizationId, slug: organizationId.slice(-12), name: 'Acme', wrappedDataKey: 'k' };
  await database.prisma.organization.create({ data });
});

async function record(...calls: readonly { readonly hour: number; readonly cost: number }[]): Promise<void> {
  const rows = calls.map(({ hour, cost }) => {
    const atMs = FIRST + hour * HOUR_MS + 1_234;
    const event = usageEvent({ organizationId, atMs, costNanoUsd: String(cost), team: `t${cost % 3}` });
    const read = readUsageEvent(JSON.stringify(event), organizationId, atMs);
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await insertUsage(database.pool, rows);
}

async function foldAll(): Promise<void> {
  for (const hour of await pendingHours(database.pool, 10_000)) await foldHour(database.pool, hour);
  for (;;) {
    const spans = await pendingSpans(database.pool, 1_000);
    if (spans.length === 0) return;
    for (const span of spans) await foldSpan(database.pool, span);
  }
}

const report = (interval: UsageInterval | null, from: number, to: number, groupBy: UsageKey[] = ['team']) =>
  usageReport(database.pool, {
    organizationId,
    groupBy,
    interval,
    from: new Date(from),
    to: new Date(to),
    limit: 10_000,
  });

/** The same report straight from the records. */
async function truth(interval: UsageInterval | null, from: number, to: number): Promise<unknown[]> {
  const at = interval === null ? 'NULL::timestamptz' : `date_trunc('${interval}', at, 'UTC')`;
  const { rows } = await database.pool.query(
    `SELECT ${at} AS at, team, count(*) AS requests, sum(cost_nano_usd) AS cost FROM usage_records
     WHERE organization_id = $1 AND at >= $2 AND at < $3 GROUP BY 1, 2 ORDER BY 1, 2`,
    [organizationId, new Date(from), new Date(to)],
  );
  return rows.map(({ at: begin, team, requests, cost }) => [begin, team, BigInt(requests), BigInt(cost)]);
}

const shown = (rows: Awaited<ReturnType<typeof report>>): unknown[] =>
  rows.map(({ at, keys, requests, costNanoUsd }) => [at, keys[0], requests, costNanoUsd]);

const hour = fc.integer({ min: 0, max: DAYS * 24 - 1 });
const calls = fc.array(fc.record({ hour, cost: fc.integer({ min: 1, max: 1_000_000 }) }), {
  minLength: 1,
  maxLength: 40,
});

describe('usage over days and months', () => {
  it('is the sum over its records at every moment, whatever is folded and whatever comes late', async () => {
    await fc.assert(
      fc.asyncProperty(
        calls,
        calls,
        fc.array(fc.nat(20)),
        fc.constantFrom<UsageInterval | null>('hour', 'day', 'month', null),
        fc.oneof(
          fc.constant([0, DAYS * 24 * HOUR_MS] as const),
          fc.tuple(fc.nat(DAYS * 24 * HOUR_MS), fc.nat(DAYS * 24 * HOUR_MS)),
        ),
        async (early, late, some, interval, [a, b]) => {
          const [from, to] = [FIRST + Math.min(a, b), FIRST + Math.max(a, b) + 1];
          const same = async (): Promise<void> => {
            const expected = await truth(interval, from, to);
            expect(shown(await report(interval, from, to))).toEqual(expected);
            expect(shown(await report(interval, from, to, ['team', 'service']))).toEqual(expected);
          };
          await record(...early);
          await same();
          await foldAll();
          await same();
          await record(...late);
          const pending = await pendingHours(database.pool, 100);
          for (const index of some) {
            const folded = pending[index];
            if (folded) await foldHour(database.pool, folded);
          }
          await same();
          for (const span of (await pendingSpans(database.pool, 3)).slice(0, 2)) await foldSpan(database.pool, span);
          await same();
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('is read from months once all is folded, and from the days by few keys where these will do', async () => {
    await record({ hour: 50, cost: 3 }, { hour: 51, cost: 3 }, { hour: 700, cost: 3 });
    await foldAll();
    const spans = await database.prisma.usageSpanRollup.findMany({ where: { organizationId, span: 'month' } });
    expect(spans).toMatchObject([{ begin: new Date(Date.UTC(2026, 9, 1)), requests: 3n, costNanoUsd: 9n }]);
    await database.pool.query('DELETE FROM usage_rollups WHERE organization_id = $1', [organizationId]);
    const october = [Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)] as const;
    expect(await report(null, ...october, ['service'])).toMatchObject([{ requests: 3n }]);
    expect(await report(null, ...october)).toMatchObject([{ requests: 3n }]);
  });
});

const mine = <T extends { readonly organizationId: string }>(found: readonly T[]): T[] =>
  found.filter((each) => each.organizationId === organizationId);
const ofDay = async () => mine(await checkDay(database.pool, '2026-10-01'));
const ofMonth = async () => mine(await checkMonth(database.pool, '2026-10'));

describe('the check of rollups', () => {
  it('finds nothing where all is well, marked hours and deleted records included', async () => {
    await record({ hour: 48, cost: 3 }, { hour: 49, cost: 5 });
    expect(await ofDay()).toEqual([]);
    await foldAll();
    await record({ hour: 48, cost: 7 });
    expect(await ofDay()).toEqual([]);
    await foldAll();
    await database.prisma.organizationSettings.create({
      data: { organizationId, recordsFrom: new Date(FIRST + 72 * HOUR_MS) },
    });
    await database.pool.query('DELETE FROM usage_records WHERE organization_id = $1', [organizationId]);
    expect(await ofDay()).toEqual([]);
    expect(await ofMonth()).toEqual([]);
  });

  it('tells hour, day and month that differ, and folding anew mends them', async () => {
    await record({ hour: 48, cost: 3 });
    await foldAll();
    await database.pool.query('UPDATE usage_rollups SET cost_nano_usd = cost_nano_usd + 1 WHERE organization_id = $1', [
      organizationId,
    ]);
    const begin = new Date(FIRST + 48 * HOUR_MS);
    const found = await ofDay();
    expect(found).toMatchObject([
      { span: 'hour', begin, expected: { costNanoUsd: 3n }, found: { costNanoUsd: 4n } },
      { span: 'day', begin, expected: { costNanoUsd: 4n }, found: { costNanoUsd: 3n } },
    ]);
    await database.pool.query('DELETE FROM usage_span_rollups WHERE organization_id = $1 AND span = $2', [
      organizationId,
      'month',
    ]);
    const [month] = await ofMonth();
    expect(month).toMatchObject({ span: 'month', expected: { requests: 1n }, found: { requests: 0n } });
    for (const difference of [...found, month]) if (difference) await markForFolding(database.pool, difference);
    await foldAll();
    expect([await ofDay(), await ofMonth()]).toEqual([[], []]);
  });

  it('never lets a late call erase the rollup of an hour whose records were deleted', async () => {
    await record({ hour: 48, cost: 3 });
    await foldAll();
    await database.prisma.organizationSettings.create({
      data: { organizationId, recordsFrom: new Date(FIRST + 72 * HOUR_MS) },
    });
    await database.pool.query('DELETE FROM usage_records WHERE organization_id = $1', [organizationId]);
    await record({ hour: 48, cost: 50 });
    await foldAll();
    const rollups = await database.prisma.usageRollup.findMany({ where: { organizationId } });
    expect(rollups).toMatchObject([{ requests: 1, costNanoUsd: 3n }]);
  });
});
