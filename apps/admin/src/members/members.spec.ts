import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberOf, type SignedIn } from '../../../../test/admin/sign-in.js';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
let owner: SignedIn & { readonly id: string };
let administrator: SignedIn & { readonly id: string };
const acme = '/organizations/acme';
const [members, bindings] = [`${acme}/members`, `${acme}/role-bindings`];

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    [`${acme}/teams`, { slug: 'search', name: 'Search' }],
    ['/organizations/other/teams', { slug: 'theirs', name: 'Theirs' }],
  );
  owner = await memberOf(admin, 'acme', 'owner@acme.example', { role: 'owner' });
  administrator = await memberOf(admin, 'acme', 'admin@acme.example', { role: 'admin' });
});
afterAll(() => admin.stop());

async function newMember(email: string): Promise<string> {
  return (await admin.call('POST', members, { email, name: 'Somebody' })).body.id;
}

async function bindingOf(memberId: string): Promise<{ id: string }> {
  const { body } = await admin.call('GET', bindings);
  return body.data.find(({ member }: { member: string }) => member === memberId);
}

describe('members', () => {
  it('201: are created with a password that only this answer shows, and found by id', async () => {
    const made = await owner.call('POST', members, { email: 'New@Acme.example', name: 'New' });
    expect(made.status).toBe(201);
    const { oneTimePassword, ...member } = made.body;
    expect(member).toMatchObject({ email: 'new@acme.example', roles: [], signsInWith: 'one-time-password' });
    expect((await owner.call('GET', `${members}/${member.id}`)).body).toEqual(member);
    const { text } = await owner.call('GET', `${acme}/audit-events`);
    expect(text).toContain('member.created');
    expect(text).not.toContain(oneTimePassword);
  });

  it('409: have different emails within an organization, whatever their case', async () => {
    const again = { email: 'OWNER@acme.example', name: 'X' };
    expect((await owner.call('POST', members, again)).status).toBe(409);
    expect((await admin.call('POST', '/organizations/other/members', again)).status).toBe(201);
  });

  it.each([['ada'], ['ada@'], ['a b@acme.example'], [`${'x'.repeat(250)}@acme.example`], [7]])(
    '400: refuse the email %s',
    async (email) => {
      const answer = await owner.call('POST', members, { email, name: 'X' });
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'email']);
    },
  );

  it('404: of another organization do not exist', async () => {
    const id = await newMember('secret@acme.example');
    for (const [method, path, body] of [
      ['GET', `/organizations/other/members/${id}`],
      ['PATCH', `/organizations/other/members/${id}`, { name: 'X' }],
      ['DELETE', `/organizations/other/members/${id}`],
      ['POST', `/organizations/other/members/${id}/one-time-password`],
    ] as const)
      expect([method, (await admin.call(method, path, body)).status]).toEqual([method, 404]);
  });

  it('412: change only the version that was seen', async () => {
    const id = await newMember('versioned@acme.example');
    const etag = (await owner.call('GET', `${members}/${id}`)).headers.get('etag') as string;
    const change = (name: string) => owner.call('PATCH', `${members}/${id}`, { name }, { 'if-match': etag });
    expect((await change('First')).status).toBe(200);
    expect((await change('Second')).status).toBe(412);
  });
});

describe('role bindings', () => {
  it('count with the next request, and end with it', async () => {
    const viewer = await memberOf(admin, 'acme', 'viewer@acme.example', { role: 'viewer' });
    const create = () => viewer.call('POST', `${acme}/teams`, { slug: 'by-viewer', name: 'X' });
    expect((await create()).status).toBe(403);
    const bound = await owner.call('POST', bindings, { member: viewer.id, role: 'admin' });
    expect(bound.body).toMatchObject({ email: 'viewer@acme.example', role: 'admin', team: null, mapped: false });
    expect((await create()).status).toBe(201);
    expect((await owner.call('DELETE', `${bindings}/${bound.body.id}`)).status).toBe(204);
    expect((await viewer.call('DELETE', `${acme}/teams/by-viewer`)).status).toBe(403);
  });

  it('400: owner and admin are roles for the whole organization', async () => {
    const member = await newMember('one@acme.example');
    for (const role of ['owner', 'admin']) {
      const answer = await owner.call('POST', bindings, { member, role, team: 'search' });
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'team']);
    }
  });

  it("404: refer to no other organization's member or team, and say the same of what exists nowhere", async () => {
    const theirs = await memberOf(admin, 'other', 'them@other.example');
    const member = await newMember('two@acme.example');
    const refused = async (body: object) => {
      const answer = await owner.call('POST', bindings, { role: 'viewer', ...body });
      return [answer.status, answer.body.errors[0].message.replace(/".*"/, '…')];
    };
    const nobody = '01990000-0000-7000-8000-000000000000';
    expect(await refused({ member: theirs.id })).toEqual(await refused({ member: nobody }));
    expect(await refused({ member, team: 'theirs' })).toEqual(await refused({ member, team: 'nothing' }));
    expect((await refused({ member: theirs.id }))[0]).toBe(404);
  });

  it('409: are given once', async () => {
    const member = await newMember('three@acme.example');
    const give = () => owner.call('POST', bindings, { member, role: 'viewer' });
    expect([(await give()).status, (await give()).status]).toEqual([201, 409]);
  });

  it('409: a team that a role was given for is in use', async () => {
    await given(admin, [`${acme}/teams`, { slug: 'held', name: 'Held' }]);
    await memberOf(admin, 'acme', 'holder@acme.example', { role: 'viewer', team: 'held' });
    const answer = await owner.call('DELETE', `${acme}/teams/held`);
    expect([answer.status, answer.body.errors[0].field]).toEqual([409, 'role binding']);
  });
});

describe('owners', () => {
  it('409: the last one cannot be removed, nor lose the role, nor by the operator', async () => {
    const { id } = await bindingOf(owner.id);
    for (const path of [`${members}/${owner.id}`, `${bindings}/${id}`])
      for (const call of [owner.call, admin.call]) expect((await call('DELETE', path)).status).toBe(409);
    expect((await owner.call('GET', '/me')).status).toBe(200);
  });

  it('409: of two who remove each other at once, one stays', async () => {
    const second = await memberOf(admin, 'acme', 'second@acme.example', { role: 'owner' });
    const answers = await Promise.all([
      admin.call('DELETE', `${bindings}/${(await bindingOf(owner.id)).id}`),
      admin.call('DELETE', `${bindings}/${(await bindingOf(second.id)).id}`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    await admin.call('POST', bindings, { member: owner.id, role: 'owner' });
    expect((await admin.call('DELETE', `${members}/${second.id}`)).status).toBe(204);
  });

  it('403: are made, changed, given passwords and removed by owners only, so that no admin can become one', async () => {
    const refused = [
      await administrator.call('POST', bindings, { member: administrator.id, role: 'owner' }),
      await administrator.call('POST', `${members}/${owner.id}/one-time-password`),
      await administrator.call('PATCH', `${members}/${owner.id}`, { name: 'X' }),
      await administrator.call('DELETE', `${members}/${owner.id}`),
      await administrator.call('DELETE', `${bindings}/${(await bindingOf(owner.id)).id}`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect((await owner.call('GET', '/me')).status).toBe(200);
  });
});
