import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { createDatabase, migrate } from '#libs/database';
import { testDatabase } from '#libs/testing';
import { append, verify } from './index.js';

it("the application's own role appends audit events, and has no right to change or delete one", async () => {
  await using database = await testDatabase({ migrated: false });
  const role = `app_${randomBytes(6).toString('hex')}`;
  await using superuser = await connected(database.url);
  const name = new URL(database.url).pathname.slice(1);
  await superuser.query(`CREATE ROLE ${role} LOGIN PASSWORD 'spec'; ALTER DATABASE ${name} OWNER TO ${role}`);
  try {
    const url = new URL(database.url);
    [url.username, url.password] = [role, 'spec'];
    await migrate(url.toString());
    const organizationId = uuidv7();
    {
      await using app = createDatabase(url.toString());
      await app.prisma.$transaction((tx) => append(tx, eventOf(organizationId)));
      expect(await verify(app.prisma, organizationId)).toMatchObject({ ok: true, head: { sequence: 1n } });
      for (const sql of [`UPDATE audit_events SET action = 'x'`, 'DELETE FROM audit_events', 'TRUNCATE audit_events'])
        await expect(app.pool.query(sql)).rejects.toThrow('permission denied');
    }
    for (const sql of [`UPDATE audit_events SET action = 'x'`, 'DELETE FROM audit_events', 'TRUNCATE audit_events'])
      await expect(superuser.query(sql)).rejects.toThrow('append-only');
  } finally {
    await superuser.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

async function connected(url: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

function eventOf(organizationId: string) {
  return {
    organizationId,
    atMs: 0,
    actor: { kind: 'operator' as const, id: 'op', name: 'op' },
    action: 'team.created',
    resource: { kind: 'team', id: 't', slug: null },
    before: null,
    after: null,
    from: { ip: null, userAgent: null, requestId: null },
  };
}
