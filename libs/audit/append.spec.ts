import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import type { AuditEvent } from '#libs/messages';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { append, verify } from './index.js';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

function event(organizationId: string, after: unknown): AuditEvent {
  return {
    organizationId,
    atMs: Date.now(),
    actor: { kind: 'operator', id: 'op', name: 'op' },
    action: 'team.created',
    resource: { kind: 'team', id: 't', slug: 'search' },
    before: null,
    after,
    from: { ip: '127.0.0.1', userAgent: 'spec', requestId: 'r' },
  };
}

const write = (organizationId: string, after: unknown): Promise<void> =>
  database.prisma.$transaction((tx) => append(tx, event(organizationId, after)), { maxWait: 20_000, timeout: 20_000 });

describe('the audit trail of an organization', () => {
  it('is whole after 50 writers at once, without gap or fork', async () => {
    const organizationId = uuidv7();
    await Promise.all(Array.from({ length: 50 }, (_, n) => write(organizationId, { n })));
    expect(await verify(database.prisma, organizationId)).toMatchObject({ ok: true, head: { sequence: 50n } });
  });

  it('verifies whatever was in the events, as the database gives it back', async () => {
    const organizationId = uuidv7();
    for (const after of [
      { at: new Date(0), gone: undefined, big: 1e21, small: 1e-7, negative: -0, deep: [{ z: 1, a: [] }] },
      'text',
      7,
      false,
      [],
      { '2': 'b', '10': 'a', ü: 'ß' },
    ])
      await write(organizationId, after);
    expect(await verify(database.prisma, organizationId)).toMatchObject({ ok: true, head: { sequence: 6n } });
  });

  it('shows a row that was changed in the database', async () => {
    const organizationId = uuidv7();
    for (let n = 1; n <= 3; n++) await write(organizationId, { n });
    // The table refuses updates by a trigger; whoever owns the database can go around it, and still shows.
    await database.pool.query(`ALTER TABLE audit_events DISABLE TRIGGER USER;
      UPDATE audit_events SET after = '{"n": 22}' WHERE organization_id = '${organizationId}' AND sequence = 2;
      ALTER TABLE audit_events ENABLE TRIGGER USER`);
    expect(await verify(database.prisma, organizationId)).toEqual({
      ok: false,
      broken: { sequence: 2n, reason: 'changed' },
    });
  });

  it('is rolled back with the change it is about', async () => {
    const organizationId = uuidv7();
    const failing = database.prisma.$transaction(async (tx) => {
      await append(tx, event(organizationId, {}));
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await verify(database.prisma, organizationId)).toMatchObject({ ok: true, head: { sequence: 0n } });
  });
});
