import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_TOKENS, uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import type { UsageEvent } from '#libs/messages';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import {
  daysFrom,
  ensurePartitions,
  foldHour,
  insertUsage,
  ledgerTotal,
  pendingHours,
  readUsageEvent,
  type UsageRow,
  usageReport,
} from './index.js';

const DAY = Date.UTC(2026, 10, 23);
const HOUR_MS = 3_600_000;

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 8 });
});

afterAll(async () => {
  await database?.close();
  await server?.stop();
});

function row(event: UsageEvent): UsageRow {
  const read = readUsageEvent(JSON.stringify(event), event.organizationId, event.atMs);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

const batch = (organizationId: string, count: number): UsageRow[] =>
  Array.from({ length: count }, (_, index) =>
    row(usageEvent({ organizationId, atMs: DAY + (index % 4) * HOUR_MS, costNanoUsd: String(index + 1) })),
  );

const countOf = async (organizationId: string): Promise<number> => {
  const { rows } = await database.pool.query(
    'SELECT count(*)::int AS n FROM usage_records WHERE organization_id = $1',
    [organizationId],
  );
  return rows[0].n;
};

const report = (organizationId: string, from = DAY, to = DAY + 24 * HOUR_MS) =>
  usageReport(database.pool, {
    organizationId,
    groupBy: ['team', 'tag.app'],
    interval: null,
    from: new Date(from),
    to: new Date(to),
    limit: 100,
  });

describe('partitions', () => {
  it('are made once each, however many processes make them at once', async () => {
    const days = daysFrom(DAY, 3);
    const made = await Promise.all(Array.from({ length: 8 }, () => ensurePartitions(database.pool, days)));
    expect(made.flat().sort()).toEqual(days);
    expect(await ensurePartitions(database.pool, days)).toEqual([]);
  });

  it('carry the indexes and the key of the table', async () => {
    const { rows } = await database.pool.query(
      `SELECT count(*)::int AS n FROM pg_index JOIN pg_inherits ON inhrelid = indexrelid
       WHERE indrelid = 'usage.usage_records_20261123'::regclass`,
    );
    const parent = await database.pool.query(
      `SELECT count(*)::int AS n FROM pg_index WHERE indrelid = 'usage_records'::regclass`,
    );
    expect(rows).toEqual(parent.rows);
  });

  it('are named by days and nothing else', async () => {
    await expect(ensurePartitions(database.pool, ['2026-11-24"; DROP TABLE teams'])).rejects.toThrow(RangeError);
  });
});

describe('ingest', () => {
  it('of the same batch twice changes nothing', async () => {
    const organizationId = uuidv7();
    const rows = batch(organizationId, 40);
    const first = await insertUsage(database.pool, rows);
    expect(first.map(({ records }) => records)).toEqual([10, 10, 10, 10]);
    expect(first.map(({ hour }) => hour).sort()[0]).toBe('2026-11-23T00:00:00.000Z');
    expect(await insertUsage(database.pool, rows)).toEqual([]);
    expect(await countOf(organizationId)).toBe(40);
  });

  it('of the same batch by several workers at once, in any order, keeps each record once', async () => {
    const organizationId = uuidv7();
    const rows = batch(organizationId, 200);
    const touched = await Promise.all([
      insertUsage(database.pool, rows),
      insertUsage(database.pool, rows.toReversed()),
      insertUsage(database.pool, rows.slice(50, 150)),
    ]);
    expect(touched.flat().reduce((sum, { records }) => sum + records, 0)).toBe(200);
    expect(await countOf(organizationId)).toBe(200);
  });

  it('keeps every field, and text of any kind', async () => {
    const organizationId = uuidv7();
    const event = usageEvent({
      organizationId,
      atMs: DAY + 5,
      team: `Büro "7", {a}\\ \n東京`,
      tags: { app: `o'neil "x"`, env: 'prod' },
      findings: [{ guardrail: 'g', check: 'c', rule: 'r', action: 'flag', at: 'input', confidence: 0.5 }],
      firstTokenMs: 12,
    });
    await insertUsage(database.pool, [row(event)]);
    const stored = await database.prisma.usageRecord.findFirstOrThrow({ where: { organizationId } });
    expect(stored).toMatchObject({
      callId: event.callId,
      at: new Date(DAY + 5),
      team: event.team,
      tags: event.tags,
      findings: event.findings,
      attempts: event.attempts,
      costNanoUsd: 270_000n,
      inputTokens: 1200,
      cacheReadTokens: 300,
      firstTokenMs: 12,
      session: null,
    });
  });

  it('of one record that Postgres refuses keeps nothing of the batch', async () => {
    const organizationId = uuidv7();
    const [good, bad] = batch(organizationId, 2);
    const broken = { ...bad!, cells: bad!.cells.map((cell) => (cell === '2' ? 'not a number' : cell)) };
    await expect(insertUsage(database.pool, [good!, broken])).rejects.toMatchObject({ code: '22P02' });
    expect(await countOf(organizationId)).toBe(0);
  });
});

describe('rollups', () => {
  const hour = new Date(DAY).toISOString();

  it('marks an hour until a fold has seen all its records', async () => {
    const organizationId = uuidv7();
    const mine = async () =>
      (await pendingHours(database.pool, 1000)).filter((it) => it.organizationId === organizationId);
    await insertUsage(database.pool, [row(usageEvent({ organizationId, atMs: DAY }))]);
    expect(await mine()).toEqual([{ organizationId, hour }]);
    await foldHour(database.pool, { organizationId, hour });
    expect(await mine()).toEqual([]);
    await insertUsage(database.pool, [row(usageEvent({ organizationId, atMs: DAY + 1 }))]);
    expect(await mine()).toEqual([{ organizationId, hour }]);
  });

  it('folded twice, or by several workers at once, are the same', async () => {
    const organizationId = uuidv7();
    await insertUsage(database.pool, batch(organizationId, 40));
    await Promise.all(Array.from({ length: 4 }, () => foldHour(database.pool, { organizationId, hour })));
    const rollups = await database.prisma.usageRollup.findMany({ where: { organizationId } });
    expect(rollups).toMatchObject([{ requests: 10, errors: 0, inputTokens: 15_000n, outputTokens: 1_000n }]);
    expect(rollups[0]?.costNanoUsd).toBe(1n + 5n + 9n + 13n + 17n + 21n + 25n + 29n + 33n + 37n);
  });

  it('equal the sum over the records at every moment: before, between and after folds, for late events and part hours', async () => {
    const anEvent = fc.record({
      minute: fc.integer({ min: 0, max: 6 * 60 - 1 }),
      team: fc.constantFrom('a', 'b'),
      agent: fc.constantFrom(null, 'planner'),
      app: fc.constantFrom('x', 'y'),
      status: fc.constantFrom(200, 429, 500),
      cost: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      input: fc.nat({ max: 1_000_000 }),
      audio: fc.nat({ max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anEvent, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 359 }),
        fc.nat({ max: 359 }),
        fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
        async (batches, one, other, folds) => {
          const organizationId = uuidv7();
          const from = DAY + Math.min(one, other) * 60_000;
          const to = DAY + (Math.max(one, other) + 1) * 60_000;
          const seen: UsageEvent[] = [];
          for (const [index, some] of batches.entries()) {
            const events = some.map(({ minute, cost, input, audio, app, ...facts }) =>
              usageEvent({
                ...facts,
                organizationId,
                atMs: DAY + minute * 60_000,
                costNanoUsd: cost.toString(),
                tokens: { ...NO_TOKENS, input, audioInput: audio },
                tags: { app },
              }),
            );
            seen.push(...events);
            await insertUsage(database.pool, events.map(row));
            const fold = folds[index];
            if (fold !== undefined)
              await foldHour(database.pool, {
                organizationId,
                hour: new Date(DAY + fold * HOUR_MS).toISOString(),
              });
            expect(await report(organizationId, from, to).then(summary)).toEqual(expected(seen, from, to));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are part of one ledger: the report of a month is its total', async () => {
    const organizationId = uuidv7();
    await insertUsage(database.pool, batch(organizationId, 40));
    await foldHour(database.pool, { organizationId, hour });
    const sums = await report(organizationId);
    expect(sums.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0n)).toBe(
      await ledgerTotal(database.pool, organizationId, '2026-11'),
    );
  });
});

type Summary = Record<string, { requests: bigint; errors: bigint; cost: bigint; input: bigint }>;

function summary(sums: Awaited<ReturnType<typeof usageReport>>): Summary {
  return Object.fromEntries(
    sums.map(({ keys, requests, errors, costNanoUsd, inputTokens }) => [
      keys.join('/'),
      { requests, errors, cost: costNanoUsd, input: inputTokens },
    ]),
  );
}

function expected(events: readonly UsageEvent[], from: number, to: number): Summary {
  const sums: Summary = {};
  for (const { atMs, team, tags, status, costNanoUsd, tokens } of events) {
    if (atMs < from || atMs >= to) continue;
    const key = `${team}/${tags['app']}`;
    const sum = sums[key] ?? { requests: 0n, errors: 0n, cost: 0n, input: 0n };
    sums[key] = {
      requests: sum.requests + 1n,
      errors: sum.errors + (status >= 400 ? 1n : 0n),
      cost: sum.cost + BigInt(costNanoUsd),
      input: sum.input + BigInt(tokens.input + tokens.audioInput),
    };
  }
  return sums;
}
