import fc from 'fast-check';
import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { append, type Break, linkOf, type StoredLink, verify, verifyExport } from '#libs/audit';
import { uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import { type TestDatabase, testDatabase } from '#libs/testing';

/** `npm run chain` writes for a minute. */
const seconds = Number(process.env['CHAIN_SECONDS'] ?? 3);
const WRITERS = 50;
const TRIALS = Number(process.env['CHAIN_TRIALS'] ?? 25);

/** Fifty queue on one lock, on a machine that does other things too. */
const PATIENT = { maxWait: 60_000, timeout: 60_000 };

const organizationId = uuidv7();
let server: TestDatabase;
let database: Database;
let links: StoredLink[];
let written = 0;

beforeAll(
  async () => {
    server = await testDatabase();
    database = createDatabase(server.url, { max: WRITERS });
    const end = performance.now() + seconds * 1000;
    const writer = async (n: number): Promise<void> => {
      for (let count = 0; count < 2 || performance.now() < end; count++) {
        await database.prisma.$transaction((tx) => append(tx, eventOf(n, count)), PATIENT);
        written += 1;
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, n) => writer(n)));
    const rows = await database.prisma.auditEvent.findMany({ where: { organizationId }, orderBy: { sequence: 'asc' } });
    links = rows.map(linkOf);
  },
  seconds * 1000 + 180_000,
);
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

function eventOf(writer: number, count: number) {
  return {
    organizationId,
    atMs: Date.now(),
    actor: { kind: 'operator' as const, id: `writer-${writer}`, name: 'Writer' },
    action: 'team.updated',
    resource: { kind: 'team', id: 't', slug: 'search' },
    before: { count },
    after: { count: count + 1 },
    from: { ip: '127.0.0.1', userAgent: 'spec', requestId: `${writer}-${count}` },
  };
}

it('is whole after 50 writers at once, and has every event that was written', async () => {
  const result = await verify(database.prisma, organizationId);
  console.log(`${links.length} events by ${WRITERS} writers in ${seconds} s`);
  expect(result).toMatchObject({ ok: true, head: { sequence: BigInt(links.length) } });
  expect(links).toHaveLength(written);
  expect(new Set(links.map(({ event }) => event.from.requestId)).size).toBe(written);
});

/** What somebody who owns the database could do to the row with number `n`, in SQL, and what must be found. */
const TAMPERINGS: Readonly<Record<string, (n: number) => readonly [sql: string, found: Break['reason']]>> = {
  changed: (n) => [`UPDATE audit_events SET after = '{"count": -1}' WHERE sequence = ${n}`, 'changed'],
  'changed in who did it': (n) => [
    `UPDATE audit_events SET actor = jsonb_set(actor, '{id}', '"somebody"') WHERE sequence = ${n}`,
    'changed',
  ],
  'changed in when': (n) => [`UPDATE audit_events SET at = at + interval '1 ms' WHERE sequence = ${n}`, 'changed'],
  removed: (n) => [`DELETE FROM audit_events WHERE sequence = ${n}`, 'missing'],
  'removed, and the gap closed': (n) => [
    `DELETE FROM audit_events WHERE sequence = ${n};
     UPDATE audit_events SET sequence = -sequence WHERE sequence > ${n};
     UPDATE audit_events SET sequence = -sequence - 1 WHERE sequence < 0`,
    'does not follow the one before',
  ],
  inserted: (n) => [
    `UPDATE audit_events SET sequence = -sequence WHERE sequence >= ${n};
     UPDATE audit_events SET sequence = -sequence + 1 WHERE sequence < 0;
     INSERT INTO audit_events SELECT organization_id, ${n}, at, actor, action, resource, before, '{"forged": true}', origin,
       format, previous_hash, hash FROM audit_events WHERE sequence = ${n + 1}`,
    'changed',
  ],
  'swapped with the next': (n) => [
    `UPDATE audit_events SET sequence = -sequence WHERE sequence IN (${n}, ${n + 1});
     UPDATE audit_events SET sequence = CASE WHEN sequence = -${n} THEN ${n + 1} ELSE ${n} END WHERE sequence < 0`,
    'does not follow the one before',
  ],
};

it.each(Object.entries(TAMPERINGS))('finds and names any single row that was %s', async (_, tampering) => {
  // The last has nothing after it: that its end was cut off shows against an anchor only, see the anchor job's spec.
  const any = fc.integer({ min: 1, max: links.length - 1 });
  for (const n of fc.sample(any, { numRuns: TRIALS, seed: 1 })) {
    const [sql, reason] = tampering(n);
    expect(await foundAfter(sql)).toEqual({ ok: false, broken: { sequence: BigInt(n), reason } });
  }
});

/** What verifying finds when this was done to the table, which is then as it was. */
async function foundAfter(sql: string) {
  return undone(database.pool, async (client) => {
    await client.query(`ALTER TABLE audit_events DISABLE TRIGGER USER; ${sql}`);
    const { rows } = await client.query('SELECT * FROM audit_events ORDER BY sequence');
    const read = rows.map((row) =>
      linkOf({
        ...row,
        sequence: BigInt(row.sequence),
        organizationId: row.organization_id,
        previousHash: row.previous_hash,
      }),
    );
    return verifyExport({ organizationId, links: read, anchors: [], keys: new Map() });
  });
}

async function undone<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
