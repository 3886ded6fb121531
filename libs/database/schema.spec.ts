import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { createDatabase, type Database } from './index.js';

describe('schema', () => {
  let server: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    server = await testDatabase();
    database = createDatabase(server.url, { max: 2 });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const event = {
    organizationId: uuidv7(),
    sequence: 1n,
    at: new Date(0),
    actor: {},
    action: 'team.created',
    resource: {},
    origin: {},
    format: 1,
    previousHash: '',
    hash: 'h',
  };

  it('audit events are appended and refuse to be changed, deleted or truncated', async () => {
    await database.prisma.auditEvent.create({ data: event });
    for (const sql of [`UPDATE audit_events SET hash = ''`, 'DELETE FROM audit_events', 'TRUNCATE audit_events'])
      await expect(database.pool.query(sql)).rejects.toThrow(/audit events are append-only/);
    expect(await database.prisma.auditEvent.count()).toBe(1);
  });

  it('usage records are partitioned by time and have no default partition', async () => {
    const { rows } = await database.pool.query(
      `SELECT pg_get_partkeydef('usage_records'::regclass) AS key,
              (SELECT count(*)::int FROM pg_inherits WHERE inhparent = 'usage_records'::regclass) AS partitions`,
    );
    expect(rows).toEqual([{ key: 'RANGE (at)', partitions: 0 }]);
  });

  it('money survives the driver to the last nano-dollar', async () => {
    const amount = 9_223_372_036_854_775_807n;
    await database.prisma.organization.create({
      data: { id: uuidv7(), slug: 'exact', name: 'Exact', wrappedDataKey: 'k', snapshotVersion: amount },
    });
    const found = await database.prisma.organization.findUniqueOrThrow({ where: { slug: 'exact' } });
    expect(found.snapshotVersion).toBe(amount);
  });

  it('raw SQL and Prisma share one pool of connections', async () => {
    await Promise.all([database.pool.query('SELECT 1'), database.prisma.organization.count()]);
    expect(database.pool.totalCount).toBeGreaterThan(0);
    expect(database.pool.totalCount).toBeLessThanOrEqual(2);
  });
});
