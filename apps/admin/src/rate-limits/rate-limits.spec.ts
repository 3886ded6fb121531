import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const rateLimits = '/organizations/acme/rate-limits';

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
    ['/organizations/other/teams', { slug: 'theirs', name: 'Theirs' }],
  );
});
afterAll(() => admin.stop());

describe('rate limits', () => {
  it('201: bind a scope, in which resources are named by slug whatever the body named them by', async () => {
    const { body: team } = await admin.call('GET', '/organizations/acme/teams/search');
    const scope = { team: team.id, user: '*', tags: { env: 'prod' } };
    const made = await admin.call('POST', rateLimits, { scope, requestsPerMinute: 60 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      scope: { ...scope, team: 'search' },
      requestsPerMinute: 60,
      tokensPerMinute: null,
    });
    expect((await admin.call('GET', `${rateLimits}/${made.body.id}`)).body).toEqual(made.body);
    expect((await admin.call('POST', rateLimits, { scope: {}, maxConcurrency: 5 })).status).toBe(201);
  });

  it.each([
    ['no limit at all', { scope: {} }, 'requestsPerMinute'],
    ['no scope', { requestsPerMinute: 1 }, 'scope'],
    ['a limit of 0', { scope: {}, requestsPerMinute: 0 }, 'requestsPerMinute'],
    ['half a token', { scope: {}, tokensPerMinute: 0.5 }, 'tokensPerMinute'],
    ['an unknown attribute', { scope: { planet: 'x' }, requestsPerMinute: 1 }, 'scope.planet'],
    ['tags that are no texts', { scope: { tags: { a: 1 } }, requestsPerMinute: 1 }, 'scope.tags'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', rateLimits, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it('400: cannot lose their last limit', async () => {
    const { body } = await admin.call('POST', rateLimits, { scope: {}, requestsPerMinute: 1 });
    expect((await admin.call('PATCH', `${rateLimits}/${body.id}`, { requestsPerMinute: null })).status).toBe(400);
    const swapped = { requestsPerMinute: null, tokensPerMinute: 9 };
    expect((await admin.call('PATCH', `${rateLimits}/${body.id}`, swapped)).body).toMatchObject(swapped);
  });

  it("404: another organization's limit cannot be reached, nor one by something that is no id", async () => {
    const { body } = await admin.call('POST', '/organizations/other/rate-limits', { scope: {}, requestsPerMinute: 1 });
    for (const id of [body.id, 'search', '018f0000-0000-7000-8000-000000000000'])
      for (const method of ['GET', 'DELETE'])
        expect((await admin.call(method, `${rateLimits}/${id}`)).status).toBe(404);
  });

  it('204: are deleted, and gone', async () => {
    const { body } = await admin.call('POST', rateLimits, { scope: {}, requestsPerMinute: 1 });
    expect((await admin.call('DELETE', `${rateLimits}/${body.id}`)).status).toBe(204);
    expect((await admin.call('GET', `${rateLimits}/${body.id}`)).status).toBe(404);
  });
});
