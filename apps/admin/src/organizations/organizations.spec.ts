import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '#libs/audit';
import { openDataKey } from '#libs/vault';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.stop());

describe('organizations', () => {
  it('201: are created with a data key that only the master key opens, and found by slug and id', async () => {
    const made = await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' });
    expect(made.status).toBe(201);
    expect(Object.keys(made.body).sort()).toEqual(['createdAt', 'id', 'name', 'residency', 'slug', 'updatedAt']);
    expect((await admin.call('GET', '/organizations/acme')).body).toEqual(made.body);
    expect((await admin.call('GET', `/organizations/${made.body.id}`)).body).toEqual(made.body);
    const { database, masterKey } = admin.connections;
    const { wrappedDataKey } = await database.prisma.organization.findUniqueOrThrow({ where: { id: made.body.id } });
    expect(await openDataKey(masterKey, wrappedDataKey, made.body.id)).toHaveLength(32);
  });

  it('200: change their name, and keep their ETag while their teams change', async () => {
    await given(admin, ['/organizations', { slug: 'named', name: 'One' }]);
    const etag = async () => (await admin.call('GET', '/organizations/named')).headers.get('etag') ?? '';
    const first = await etag();
    await given(admin, ['/organizations/named/teams', { slug: 'search', name: 'Search' }]);
    expect(await etag()).toBe(first);
    expect((await admin.call('PATCH', '/organizations/named', { name: 'Two' }, { 'if-match': first })).status).toBe(
      200,
    );
    expect((await admin.call('PATCH', '/organizations/named', { name: 'Three' }, { 'if-match': first })).status).toBe(
      412,
    );
  });

  it('400: refuse a slug that is none, a change of slug and a name that is none', async () => {
    expect((await admin.call('POST', '/organizations', { slug: '-x', name: 'X' })).status).toBe(400);
    expect((await admin.call('POST', '/organizations', { slug: 'x' })).status).toBe(400);
    await given(admin, ['/organizations', { slug: 'still', name: 'Still' }]);
    expect((await admin.call('PATCH', '/organizations/still', { slug: 'moved' })).status).toBe(400);
    expect((await admin.call('PATCH', '/organizations/still', { name: null })).status).toBe(400);
  });

  it('404: one that does not exist', async () => {
    for (const name of ['nobody', '018f0000-0000-7000-8000-000000000000', 'NOT-A-SLUG'])
      for (const method of ['GET', 'DELETE'])
        expect((await admin.call(method, `/organizations/${name}`)).status).toBe(404);
    expect((await admin.call('PATCH', '/organizations/nobody', { name: 'X' })).status).toBe(404);
  });

  it('409: a slug is taken once; an organization with anything in it is not deleted', async () => {
    await given(
      admin,
      ['/organizations', { slug: 'full', name: 'Full' }],
      ['/organizations/full/teams', { slug: 'search', name: 'Search' }],
    );
    expect((await admin.call('POST', '/organizations', { slug: 'full', name: 'X' })).body.errors[0].field).toBe('slug');
    const answer = await admin.call('DELETE', '/organizations/full');
    expect([answer.status, answer.body.errors]).toEqual([409, [{ field: 'team', message: 'search' }]]);
    await admin.call('DELETE', '/organizations/full/teams/search');
    expect((await admin.call('DELETE', '/organizations/full')).status).toBe(204);
  });
});

describe('every change in an organization', () => {
  it('leaves one audit event that says who, what, before and after, in a chain that verifies, and no secret', async () => {
    const { body: organization } = await admin.call('POST', '/organizations', { slug: 'audited', name: 'Audited' });
    const base = '/organizations/audited';
    const secret = 'sk-not-in-the-audit-trail-1234';
    await given(admin, [`${base}/teams`, { slug: 'search', name: 'Search' }]);
    const service = await admin.call('POST', `${base}/services`, { slug: 'web', name: 'Web', team: 'search' });
    const key = await admin.call('POST', `${base}/services/web/keys`, { name: 'k' });
    await given(admin, [`${base}/provider-credentials`, { slug: 'openai', provider: 'openai', secret }]);
    await admin.call(
      'PATCH',
      `${base}/teams/search`,
      { name: 'Find' },
      { 'x-request-id': 'req-7', 'user-agent': 'spec' },
    );
    await admin.call('PATCH', `${base}/teams/search`, { name: '' });
    await admin.call('DELETE', `${base}/provider-credentials/openai`);

    const { prisma } = admin.connections.database;
    const events = await prisma.auditEvent.findMany({
      where: { organizationId: organization.id },
      orderBy: { sequence: 'asc' },
    });
    expect(events.map(({ action }) => action)).toEqual([
      'organization.created',
      'team.created',
      'service.created',
      'gateway-key.created',
      'provider-credential.created',
      'team.updated',
      'provider-credential.deleted',
    ]);
    expect(events[5]).toMatchObject({
      actor: { kind: 'operator', id: 'operator' },
      resource: { kind: 'team', slug: 'search' },
      before: { name: 'Search' },
      after: { name: 'Find' },
      origin: { ip: '127.0.0.1', userAgent: 'spec', requestId: 'req-7' },
    });
    const text = JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
    for (const hidden of [secret, service.body.clientSecret, key.body.key]) expect(text).not.toContain(hidden);
    expect(await verify(prisma, organization.id)).toMatchObject({ ok: true, head: { sequence: 7n } });
  });

  it('is not written twice for a repeated Idempotency-Key', async () => {
    const { body } = await admin.call(
      'POST',
      '/organizations',
      { slug: 'once', name: 'Once' },
      { 'idempotency-key': 'o' },
    );
    await admin.call('POST', '/organizations', { slug: 'once', name: 'Once' }, { 'idempotency-key': 'o' });
    expect(await admin.connections.database.prisma.auditEvent.count({ where: { organizationId: body.id } })).toBe(1);
  });
});
