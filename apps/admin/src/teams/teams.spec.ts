import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;

beforeAll(async () => {
  admin = await startAdmin();
  await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' });
  await admin.call('POST', '/organizations', { slug: 'other', name: 'Other' });
});
afterAll(() => admin.stop());

const teams = '/organizations/acme/teams';

describe('teams', () => {
  it('201: creates a team, found again by slug and by id', async () => {
    const made = await admin.call('POST', teams, { slug: 'search', name: 'Search', costCenter: 'CC-1' });
    expect(made.body).toMatchObject({ slug: 'search', name: 'Search', costCenter: 'CC-1', parent: null });
    expect(made.status).toBe(201);
    expect((await admin.call('GET', `${teams}/search`)).body).toEqual(made.body);
    expect((await admin.call('GET', `${teams}/${made.body.id}`)).body).toEqual(made.body);
  });
});
