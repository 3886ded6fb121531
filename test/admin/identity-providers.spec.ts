import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './browser.js';
import { type CorporatePerson, type CorporateProvider, startCorporateProvider } from './corporate-provider.js';
import { beginSignIn, consoleClient, memberOf, type SignedIn, walkThrough } from './sign-in.js';
import { ADMIN_URL, type AdminApp, given, startAdmin } from './start-admin.js';
import { eventually, type FollowingGateway, startFollowingGateway } from './start-gateway.js';

const acme = '/organizations/acme';
const providers = `${acme}/identity-providers`;
const AUDIENCE = 'https://gateway.acme.example';

let admin: AdminApp;
let corporate: CorporateProvider;
let gateway: FollowingGateway;

beforeAll(async () => {
  admin = await startAdmin();
  corporate = await startCorporateProvider(`${ADMIN_URL}/sign-in/return`);
  gateway = await startFollowingGateway(admin);
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    [`${acme}/teams`, { slug: 'search', name: 'Search' }],
    [`${acme}/services`, { slug: 'web', name: 'Web', team: 'search' }],
    ['/organizations/other/teams', { slug: 'theirs', name: 'Theirs' }],
    ['/organizations/other/services', { slug: 'web', name: 'Web', team: 'theirs' }],
    [
      providers,
      {
        slug: 'corporate',
        name: 'Acme Login',
        issuer: corporate.issuer,
        services: [{ service: 'web', audience: AUDIENCE, subject: 'workload', claims: { environment: 'prod' } }],
        signIn: {
          clientId: 'tollgate',
          clientSecret: 'corporate-secret',
          roles: [
            { group: 'ai-owners', role: 'owner' },
            { group: 'ai-viewers', role: 'viewer' },
            { group: 'ai-search', role: 'team-admin', team: 'search' },
          ],
        },
      },
    ],
  );
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await corporate[Symbol.asyncDispose]();
  await admin.stop();
});

describe('an identity provider', () => {
  it('201: is found by discovery, shows its keys and where it sends people back to, and never its secret', async () => {
    const { body, text } = await admin.call('GET', `${providers}/corporate`);
    expect(body).toMatchObject({ issuer: corporate.issuer, keysError: null, keyIds: [expect.any(String)] });
    expect(body.signIn).toMatchObject({ hasClientSecret: true, redirectUri: `${ADMIN_URL}/sign-in/return` });
    expect(text).not.toContain('corporate-secret');
    expect((await admin.call('GET', `${acme}/audit-events`)).text).not.toContain('corporate-secret');
  });

  const body = { slug: 'x', name: 'X', issuer: 'replaced' };
  const rule = { service: 'web', audience: 'https://x.example', subject: 'workload' };

  it.each<[string, () => object, string]>([
    ['an issuer that cannot be reached', () => ({ issuer: 'http://127.0.0.1:9' }), 'issuer'],
    [
      'an issuer that says it is another',
      () => ({ issuer: corporate.issuer.replace('127.0.0.1', 'localhost') }),
      'issuer',
    ],
    ['no URL', () => ({ issuer: 'corporate' }), 'issuer'],
    ['our own issuer', () => ({ issuer: `${ADMIN_URL}/oidc` }), 'issuer'],
    ['a rule that any subject fits', () => ({ services: [{ ...rule, subject: null }] }), 'services.0'],
    [
      'a rule whose every value is *',
      () => ({ services: [{ ...rule, subject: '*', claims: { a: '*' } }] }),
      'services.0',
    ],
    ['an owner of a team', () => signInWith({ group: 'g', role: 'owner', team: 'search' }), 'signIn.roles.0.team'],
    ['claims that are no texts', () => ({ services: [{ ...rule, claims: { a: 1 } }] }), 'services.0.claims'],
  ])('400: refuses %s', async (_, change, field) => {
    const answer = await admin.call('POST', providers, { ...body, issuer: corporate.issuer, ...change() });
    expect([answer.status, answer.body.errors?.[0]?.field], answer.text).toEqual([400, field]);
  });

  it.each<[string, object, string]>([
    ['a service that does not exist', { services: [{ ...rule, service: 'nothing' }] }, 'services.0.service'],
    ["another organization's team", signInWith({ group: 'g', role: 'viewer', team: 'theirs' }), 'signIn.roles.0.team'],
  ])('404: names %s', async (_, change, field) => {
    const answer = await admin.call('POST', providers, { ...body, issuer: corporate.issuer, ...change });
    expect([answer.status, answer.body.errors?.[0]?.field], answer.text).toEqual([404, field]);
  });

  function signInWith(...roles: object[]): object {
    return { signIn: { clientId: 'x', roles } };
  }

  it('409: takes no tokens of an issuer for an audience that another organization has', async () => {
    const theirs = (audience: string) =>
      admin.call('POST', '/organizations/other/identity-providers', {
        slug: 'corporate',
        name: 'Same',
        issuer: corporate.issuer,
        services: [{ service: 'web', audience, subject: '*', claims: { environment: 'prod' } }],
      });
    expect((await theirs(AUDIENCE)).status).toBe(409);
    expect((await theirs('https://other.example')).status).toBe(201);
  });

  it('409: keeps a service and a team that it names', async () => {
    const service = await admin.call('DELETE', `${acme}/services/web`);
    expect([service.status, service.body.errors[0].field]).toEqual([409, 'identity provider']);
    expect((await admin.call('DELETE', `${acme}/teams/search`)).status).toBe(409);
  });
});

describe('a token of a trusted issuer', () => {
  it('opens the gateway as the service that the rules name, and nothing else does', async () => {
    await eventually(async () => (await gateway.statusFor(await corporate.token(AUDIENCE))) === 200);
    expect(await gateway.statusFor(await corporate.token(AUDIENCE, 'other-workload'))).toBe(401);
    expect(await gateway.statusFor(await corporate.token('https://elsewhere.example'))).toBe(401);
  });

  it('of a key that is new is accepted as soon as the admin app has read it, and the token of the old one goes on', async () => {
    const before = await corporate.token(AUDIENCE);
    expect(await gateway.statusFor(before)).toBe(200);
    await corporate.rotate({ keepOld: true });
    const after = await corporate.token(AUDIENCE);
    expect(await gateway.statusFor(after)).toBe(401);
    await eventually(async () => (await gateway.statusFor(after)) === 200);
    expect(await gateway.statusFor(before)).toBe(200);
    const { body } = await admin.call('GET', `${acme}/audit-events?limit=5`);
    expect(body.data.map(({ action }: { action: string }) => action)).toContain('identity-provider.keys-changed');
  });

  it('goes on while its issuer is away, and nobody can make us ask it without end', async () => {
    const token = await corporate.token(AUDIENCE);
    expect(await gateway.statusFor(token)).toBe(200);
    corporate.away = true;
    const forged = (n: number) =>
      `${Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: `k${n}` })).toString('base64url')}.${token.split('.')[1]}.x`;
    for (let n = 0; n < 50; n++) expect(await gateway.statusFor(forged(n))).toBe(401);
    expect(await gateway.statusFor(token)).toBe(200);
    corporate.away = false;
    const { body } = await admin.call('GET', `${providers}/corporate`);
    expect(body.keyIds.length).toBeGreaterThan(0);
  });

  it('is refused within a second of losing its rule', async () => {
    const token = await corporate.token(AUDIENCE);
    expect(await gateway.statusFor(token)).toBe(200);
    const { body } = await admin.call('GET', `${providers}/corporate`);
    await admin.call('PATCH', `${providers}/corporate`, { services: [] });
    await eventually(async () => (await gateway.statusFor(token)) === 401, 1_000);
    await admin.call('PATCH', `${providers}/corporate`, { services: body.services });
    await eventually(async () => (await gateway.statusFor(token)) === 200);
  });
});

describe('people who come from the identity provider', () => {
  const signInAs = async (login: string, person: CorporatePerson): Promise<SignedIn> => {
    corporate.people.set(login, person);
    const { browser, fill } = corporateBrowser(login);
    return walkThrough(admin, browser, fill);
  };

  /** Follows the links of our pages to the provider, and types the login into its form. */
  function corporateBrowser(login: string) {
    const origin = new URL(corporate.issuer).origin;
    const browser = new Browser({ [ADMIN_URL]: admin.url, [origin]: origin });
    const fill = async (page: Awaited<ReturnType<Browser['open']>>) => {
      const choose = await browser.open(`${page.url.href}/providers?organization=acme`);
      const link = /href="(\/sign-in\/[^"]*\/providers\/[^"]*)"/.exec(choose.html)?.[1] ?? '';
      const theirs = await browser.open(new URL(link, ADMIN_URL));
      return browser.submit(theirs, { login, password: 'any' });
    };
    return { browser, fill };
  }

  /** How it ended for somebody who was not let in. */
  const refusedAs = async (login: string, person: CorporatePerson) => {
    corporate.people.set(login, person);
    const { browser, fill } = corporateBrowser(login);
    const { url } = await beginSignIn(await consoleClient(admin));
    return fill(await browser.open(url));
  };

  it('become members with the roles of their groups, and their sign-in is in the audit trail', async () => {
    const ada = await signInAs('ada', { email: 'Ada@Acme.example', name: 'Ada', groups: ['ai-viewers', 'ai-search'] });
    const me = (await ada.call('GET', '/me')).body;
    expect(me).toMatchObject({ kind: 'member', name: 'ada@acme.example', organization: 'acme' });
    const { body } = await admin.call('GET', `${acme}/members/${me.id}`);
    expect(body).toMatchObject({
      signsInWith: 'identity-provider',
      roles: expect.arrayContaining([
        { role: 'viewer', team: null },
        { role: 'team-admin', team: 'search' },
      ]),
    });
    const events = (await admin.call('GET', `${acme}/audit-events?limit=5`)).body.data;
    expect(events).toContainEqual(
      expect.objectContaining({ action: 'member.signed-in', after: { by: 'identity-provider' } }),
    );
  });

  it('lose a role with the group at the next sign-in; roles given by hand stay', async () => {
    const person = { email: 'bob@acme.example', groups: ['ai-owners'] };
    const { id } = (await (await signInAs('bob', person)).call('GET', '/me')).body;
    await admin.call('POST', `${acme}/role-bindings`, { member: id, role: 'auditor' });
    await memberOf(admin, 'acme', 'another-owner@acme.example', { role: 'owner' });
    const again = await signInAs('bob', { ...person, groups: [] });
    expect((await again.call('GET', '/me')).body.id).toBe(id);
    const { body } = await admin.call('GET', `${acme}/members/${id}`);
    expect(body.roles).toEqual([{ role: 'auditor', team: null }]);
  });

  it('are not let in without a group that has a role, nor without an email', async () => {
    const nobody = await refusedAs('carol', { email: 'carol@acme.example', groups: ['sales'] });
    expect([nobody.status, nobody.html]).toEqual([
      403,
      expect.stringContaining('None of your groups has a role here.'),
    ]);
    const nameless = await refusedAs('dave', { groups: ['ai-viewers'] });
    expect([nameless.status, nameless.html]).toEqual([403, expect.stringContaining('email')]);
    const { text } = await admin.call('GET', `${acme}/members`);
    expect(text).not.toContain('carol');
  });

  it('do not become a member of the same email unless the provider has verified it', async () => {
    const { body } = await admin.call('POST', `${acme}/members`, { email: 'erin@acme.example', name: 'Erin' });
    const claimed = { email: 'erin@acme.example', groups: ['ai-viewers'] };
    expect((await refusedAs('mallory', { ...claimed, emailVerified: false })).status).toBe(403);
    const erin = await signInAs('erin', { ...claimed, emailVerified: true });
    expect((await erin.call('GET', '/me')).body.id).toBe(body.id);
  });

  it('are sent back by one address, and a forged return leads nowhere', async () => {
    const { browser, fill } = corporateBrowser('ada');
    const { url } = await beginSignIn(await consoleClient(admin));
    const page = await browser.open(url);
    const uid = page.url.pathname.split('/').pop();
    const unasked = await browser.open(`${ADMIN_URL}/sign-in/return?state=${uid}.x&code=stolen`);
    expect([unasked.status, unasked.html]).toEqual([400, expect.stringContaining('Start again')]);
    await browser.open(`${page.url.href}/providers?organization=acme`);
    const strange = await browser.open(`${ADMIN_URL}/sign-in/return?state=nonsense&code=x`);
    expect(strange.status).toBe(400);
    expect((await fill(page)).url.pathname).toBe('/callback');
  });

  it('are signed out, and lose what their groups gave them, when the provider is no longer trusted', async () => {
    const frank = await signInAs('frank', { email: 'frank@acme.example', groups: ['ai-viewers'] });
    expect((await frank.call('GET', `${acme}/usage`)).status).toBe(200);
    const { id } = (await frank.call('GET', '/me')).body;
    expect((await admin.call('DELETE', `${providers}/corporate`)).status).toBe(204);
    expect((await frank.call('GET', '/me')).status).toBe(401);
    expect((await admin.call('GET', `${acme}/members/${id}`)).body.roles).toEqual([]);
  });
});
