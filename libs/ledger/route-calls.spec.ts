import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import { dayOf, ensurePartitions, insertUsage, type RouteCall, readUsageEvent, routeCalls } from './index.js';

const ORGANIZATION = '01900000-0000-7000-8000-000000000001';
const DAY = Date.parse('2026-11-01T00:00:00Z');
const query = {
  organizationId: ORGANIZATION,
  route: 'chat',
  from: new Date(DAY),
  to: new Date(DAY + 1_000),
  exceptSurface: 'shadow',
};

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  const event = (more: object) => usageEvent({ organizationId: ORGANIZATION, route: 'chat', atMs: DAY, ...more });
  const events = [
    ...Array.from({ length: 23 }, (_, i) =>
      event({ atMs: DAY + i, tags: { n: String(i) }, cache: i === 0 ? 'hit' : 'miss' }),
    ),
    event({ route: 'other' }),
    event({ surface: 'shadow' }),
    event({ atMs: DAY + 1_000 }),
    event({ organizationId: '01900000-0000-7000-8000-000000000002' }),
  ];
  const rows = events.map((each) => {
    const read = readUsageEvent(JSON.stringify(each), each.organizationId, Date.now());
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await ensurePartitions(
    pool,
    rows.map(({ atMs }) => dayOf(atMs)),
  );
  await insertUsage(pool, rows);
});
afterAll(async () => {
  await pool?.end();
  await database?.stop();
});

describe('the calls of a route', () => {
  it.each([1, 5, 23, 1_000])('come newest first, each once, in batches of at most %s', async (batch) => {
    const calls: RouteCall[] = [];
    for await (const each of routeCalls(pool, { ...query, batch })) {
      expect(each.length).toBeLessThanOrEqual(batch);
      calls.push(...each);
    }
    expect(calls.map(({ tags }) => Number(tags['n']))).toEqual(Array.from({ length: 23 }, (_, i) => 22 - i));
    expect(calls.at(-1)).toMatchObject({ atMs: DAY, cached: true, costNanoUsd: 270_000n, tokens: { cacheRead: 300 } });
  });

  it('give their connection back when nobody wants more', async () => {
    for await (const batch of routeCalls(pool, { ...query, batch: 2 })) {
      expect(batch).toHaveLength(2);
      break;
    }
    // The pool has one.
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
