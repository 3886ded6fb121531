import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const events = '/organizations/acme/audit-events';

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
    ['/organizations/acme/teams', { slug: 'shop', name: 'Shop' }],
  );
});
afterAll(() => admin.stop());

describe('audit events', () => {
  it('200: are listed newest first, in parts, those of the organization only', async () => {
    const first = await admin.call('GET', `${events}?limit=2`);
    expect(first.body.data.map((event: { sequence: number }) => event.sequence)).toEqual([3, 2]);
    expect(first.body.data[0]).toMatchObject({ action: 'team.created', resource: { slug: 'shop' }, before: null });
    const second = await admin.call('GET', `${events}?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ sequence: 1, action: 'organization.created' }], nextCursor: null });
    expect((await admin.call('GET', '/organizations/other/audit-events')).body.data).toHaveLength(1);
  });

  it('200: are verified: whole, or where the chain is broken', async () => {
    const whole = (await admin.call('GET', `${events}/verify`)).body;
    expect(whole).toEqual({ ok: true, events: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/), broken: null });
    await admin.connections.database.pool.query(`ALTER TABLE audit_events DISABLE TRIGGER USER;
      UPDATE audit_events SET action = 'team.deleted' WHERE sequence = 2;
      ALTER TABLE audit_events ENABLE TRIGGER USER`);
    const broken = { ok: false, events: null, hash: null, broken: { sequence: 2, reason: 'changed' } };
    expect((await admin.call('GET', `${events}/verify`)).body).toEqual(broken);
    expect((await admin.call('GET', '/organizations/other/audit-events/verify')).body.ok).toBe(true);
  });

  it('400 and 404: refuse a cursor that is none, know no other organization and cannot be changed', async () => {
    expect((await admin.call('GET', `${events}?cursor=x`)).status).toBe(400);
    expect((await admin.call('GET', '/organizations/nobody/audit-events')).status).toBe(404);
    for (const method of ['POST', 'DELETE', 'PATCH']) expect((await admin.call(method, events)).status).toBe(404);
  });
});
