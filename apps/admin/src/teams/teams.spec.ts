import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const teams = '/organizations/acme/teams';

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/other/teams', { slug: 'theirs', name: 'Theirs' }],
  );
});
afterAll(() => admin.stop());

describe('teams', () => {
  it('201: are created and found again by slug and by id', async () => {
    const made = await admin.call('POST', teams, { slug: 'search', name: 'Search', costCenter: 'CC-1' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ slug: 'search', name: 'Search', costCenter: 'CC-1', parent: null });
    expect((await admin.call('GET', `${teams}/search`)).body).toEqual(made.body);
    expect((await admin.call('GET', `${teams}/${made.body.id}`)).body).toEqual(made.body);
  });

  it('200: are listed in parts, each once, until nextCursor is null', async () => {
    for (let n = 0; n < 5; n++) await given(admin, [teams, { slug: `part-${n}`, name: `Part ${n}` }]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await admin.call('GET', `${teams}?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.data.length).toBeLessThanOrEqual(2);
      seen.push(...body.data.map((team: { slug: string }) => team.slug));
      cursor = body.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((slug) => slug.startsWith('part-'))).toEqual(['part-0', 'part-1', 'part-2', 'part-3', 'part-4']);
  });

  it('200: change by PATCH only in what the body names, and null clears', async () => {
    await given(admin, [teams, { slug: 'infra', name: 'Infra', costCenter: 'CC-2' }]);
    expect((await admin.call('PATCH', `${teams}/infra`, { name: 'Platform' })).body).toMatchObject({
      name: 'Platform',
      costCenter: 'CC-2',
    });
    expect((await admin.call('PATCH', `${teams}/infra`, { costCenter: null })).body).toMatchObject({
      costCenter: null,
    });
  });

  it.each([
    ['no slug', { name: 'X' }, 'slug'],
    ['a slug in capitals', { slug: 'Search', name: 'X' }, 'slug'],
    ['a slug that looks like an id', { slug: '018f0000-0000-7000-8000-000000000000', name: 'X' }, 'slug'],
    ['a name of another type', { slug: 'x', name: 7 }, 'name'],
    ['an empty name', { slug: 'x', name: '' }, 'name'],
    ['a name over 200 characters', { slug: 'x', name: 'x'.repeat(201) }, 'name'],
    ['a null name', { slug: 'x', name: null }, 'name'],
    ['an unknown field', { slug: 'x', name: 'X', colour: 'red' }, 'colour'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', teams, body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ code: 'invalid_request', status: 400, instance: `/api/v1${teams}` });
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  it('400: refuse to change a slug', async () => {
    await given(admin, [teams, { slug: 'fixed', name: 'Fixed' }]);
    const answer = await admin.call('PATCH', `${teams}/fixed`, { slug: 'moved' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe('slug');
  });

  it('400: cannot be put below themselves', async () => {
    await given(
      admin,
      [teams, { slug: 'outer', name: 'Outer' }],
      [teams, { slug: 'inner', name: 'Inner', parent: 'outer' }],
    );
    expect((await admin.call('PATCH', `${teams}/outer`, { parent: 'inner' })).status).toBe(400);
    expect((await admin.call('PATCH', `${teams}/outer`, { parent: 'outer' })).status).toBe(400);
  });

  it('404: another organization has no part in them, by slug or id, to read or to change', async () => {
    const { body: theirs } = await admin.call('GET', '/organizations/other/teams/theirs');
    for (const name of ['theirs', theirs.id]) {
      expect((await admin.call('GET', `${teams}/${name}`)).status).toBe(404);
      expect((await admin.call('PATCH', `${teams}/${name}`, { name: 'Mine' })).status).toBe(404);
      expect((await admin.call('DELETE', `${teams}/${name}`)).status).toBe(404);
    }
    expect((await admin.call('GET', '/organizations/other/teams/theirs')).body).toEqual(theirs);
    expect((await admin.call('GET', teams)).text).not.toContain('theirs');
  });

  it('404: neither does an organization that does not exist', async () => {
    expect((await admin.call('GET', '/organizations/nobody/teams')).status).toBe(404);
    expect((await admin.call('POST', '/organizations/nobody/teams', { slug: 'x', name: 'X' })).status).toBe(404);
  });

  it('409: a slug is taken once per organization, and free in another', async () => {
    await given(admin, [teams, { slug: 'twice', name: 'Twice' }]);
    const answer = await admin.call('POST', teams, { slug: 'twice', name: 'Again' });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'conflict', errors: [{ field: 'slug' }] });
    await given(admin, ['/organizations/other/teams', { slug: 'twice', name: 'Theirs' }]);
  });

  it('409: of 20 that take one slug at once, one succeeds', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.call('POST', teams, { slug: 'raced', name: 'Raced' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it('409: are not deleted while a service, team, budget, rate limit or guardrail uses them; the answer says which', async () => {
    await given(
      admin,
      [teams, { slug: 'used', name: 'Used' }],
      [teams, { slug: 'below', name: 'Below', parent: 'used' }],
      ['/organizations/acme/services', { slug: 'shop', name: 'Shop', team: 'used' }],
      ['/organizations/acme/budgets', { slug: 'monthly', scope: { team: 'used' }, amount: '1', period: 'month' }],
    );
    const answer = await admin.call('DELETE', `${teams}/used`);
    expect(answer.status).toBe(409);
    expect(answer.body.errors).toEqual([
      { field: 'service', message: 'shop' },
      { field: 'team', message: 'below' },
      { field: 'budget', message: 'monthly' },
    ]);
  });

  it('204: are deleted, and gone', async () => {
    await given(admin, [teams, { slug: 'short-lived', name: 'Short' }]);
    const answer = await admin.call('DELETE', `${teams}/short-lived`);
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect((await admin.call('GET', `${teams}/short-lived`)).status).toBe(404);
  });

  it('412: are not changed or deleted under an ETag that is no longer theirs', async () => {
    await given(admin, [teams, { slug: 'watched', name: 'One' }]);
    const seen = (await admin.call('GET', `${teams}/watched`)).headers.get('etag') ?? '';
    expect(seen).toMatch(/^"[\w-]+"$/);
    const changed = await admin.call('PATCH', `${teams}/watched`, { name: 'Two' }, { 'if-match': seen });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(seen);
    expect((await admin.call('PATCH', `${teams}/watched`, { name: 'Three' }, { 'if-match': seen })).status).toBe(412);
    expect((await admin.call('DELETE', `${teams}/watched`, undefined, { 'if-match': seen })).status).toBe(412);
    expect((await admin.call('GET', `${teams}/watched`)).body.name).toBe('Two');
  });
});
