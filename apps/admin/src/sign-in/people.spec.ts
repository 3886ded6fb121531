import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginSignIn,
  browserAt,
  consoleClient,
  memberOf,
  PASSWORD,
  type SignedIn,
  signIn,
  signInFirst,
} from '../../../../test/admin/sign-in.js';
import { ADMIN_URL, type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
let ada: SignedIn & { readonly id: string };
const acme = '/organizations/acme';
const adas = { organization: 'acme', email: 'ada@acme.example', password: PASSWORD };

beforeAll(async () => {
  admin = await startAdmin();
  await given(admin, ['/organizations', { slug: 'acme', name: 'Acme' }]);
  ada = await memberOf(admin, 'acme', 'Ada@Acme.example', { role: 'owner' });
});
afterAll(() => admin.stop());

async function newMember(email: string): Promise<{ id: string; oneTimePassword: string }> {
  const { body } = await admin.call('POST', `${acme}/members`, { email, name: 'Somebody' });
  return body;
}

async function auditActions(): Promise<[string, string][]> {
  const { body } = await admin.call('GET', `${acme}/audit-events?limit=200`);
  return body.data.map(({ action, actor }: { action: string; actor: { name: string } }) => [action, actor.name]);
}

/** What the page answers to who types this. */
async function tryToSignIn(person: { organization: string; email: string; password: string }) {
  const browser = browserAt(admin);
  const { url } = await beginSignIn(await consoleClient(admin));
  return browser.submit(await browser.open(url), person);
}

describe('signing in by authorization code and PKCE', () => {
  it('gives a token for the admin API that is the member’s own', async () => {
    const { status, body } = await ada.call('GET', '/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'member', id: ada.id, name: 'ada@acme.example', organization: 'acme' });
    expect(body.permissions).toContainEqual({ permission: 'budgets:write', teams: null });
    expect(ada.tokens.claims()).toMatchObject({ sub: ada.id });
  });

  it('goes through without a password while the session lives', async () => {
    const { url, checks } = await beginSignIn(ada.configuration);
    const end = await ada.browser.open(url);
    expect(end.url.pathname).toBe('/callback');
    const tokens = await client.authorizationCodeGrant(ada.configuration, end.url, checks);
    expect(tokens.claims()?.sub).toBe(ada.id);
  });

  it('is refused without PKCE, by another method, for another redirect, and to a code used twice', async () => {
    const configuration = await consoleClient(admin);
    const { url } = await beginSignIn(configuration);
    const withOut = (change: (query: URLSearchParams) => void): URL => {
      const changed = new URL(url);
      change(changed.searchParams);
      return changed;
    };
    const refusals = [
      withOut((query) => query.delete('code_challenge')),
      withOut((query) => query.set('code_challenge_method', 'plain')),
    ];
    for (const refused of refusals)
      expect((await browserAt(admin).open(refused)).url.searchParams.get('error')).toBe('invalid_request');
    const elsewhere = await browserAt(admin).open(withOut((query) => query.set('redirect_uri', 'http://evil.test/')));
    expect(elsewhere).toMatchObject({ status: 400 });
    expect(elsewhere.html).toContain('Sign-in failed');

    const { url: again, checks } = await beginSignIn(ada.configuration);
    const end = await ada.browser.open(again);
    await client.authorizationCodeGrant(ada.configuration, end.url, checks);
    await expect(client.authorizationCodeGrant(ada.configuration, end.url, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('gives no token for the gateway', async () => {
    const browser = browserAt(admin);
    const { url } = await beginSignIn(await consoleClient(admin));
    url.searchParams.set('resource', 'urn:tollgate:gateway');
    expect((await browser.open(url)).url.searchParams.get('error')).toBe('invalid_target');
  });

  it('renews tokens by refresh, each refresh token once', async () => {
    const bob = await memberOf(admin, 'acme', 'bob@acme.example', { role: 'viewer' });
    const first = bob.tokens.refresh_token as string;
    const renewed = await client.refreshTokenGrant(bob.configuration, first);
    const headers = { authorization: `Bearer ${renewed.access_token}` };
    expect((await admin.call('GET', '/me', undefined, headers)).body).toMatchObject({ id: bob.id });
    await expect(client.refreshTokenGrant(bob.configuration, first)).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('the sign-in page', () => {
  it('runs and loads nothing, is shown in no frame, and is kept nowhere', async () => {
    const { url } = await beginSignIn(await consoleClient(admin));
    const page = await browserAt(admin).open(url);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).not.toMatch(/<script|src=/);
  });

  it('cannot be answered by another browser than the one that began', async () => {
    const { url } = await beginSignIn(await consoleClient(admin));
    const page = await browserAt(admin).open(url);
    const other = await browserAt(admin).submit(page, adas);
    expect(other.status).toBe(400);
    expect(other.html).toContain('Start again');
  });

  it('says the same whether organization, email or password is wrong, and shows what was typed as text', async () => {
    const pages = [
      await tryToSignIn({ ...adas, password: 'not the one of hers' }),
      await tryToSignIn({ ...adas, email: 'nobody@acme.example' }),
      await tryToSignIn({ ...adas, organization: 'nothing' }),
      await tryToSignIn({ ...adas, organization: '' }),
    ];
    for (const page of pages) {
      expect(page.status).toBe(400);
      expect(page.html).toContain('Organization, email or password is wrong.');
    }
    const { html } = await tryToSignIn({ ...adas, email: '"><script>alert(1)</script>' });
    expect(html).not.toContain('<script>');
  });

  it('of an organization lets in no member of another, whatever the password', async () => {
    await given(admin, ['/organizations', { slug: 'other', name: 'Other' }]);
    expect((await tryToSignIn({ ...adas, organization: 'other' })).status).toBe(400);
  });
});

describe('a one-time password', () => {
  it('has to be replaced by a good one before anything is given', async () => {
    const { oneTimePassword } = await newMember('carol@acme.example');
    const person = { organization: 'acme', email: 'carol@acme.example', password: oneTimePassword };
    const browser = browserAt(admin);
    const { url } = await beginSignIn(await consoleClient(admin));
    const choose = await browser.submit(await browser.open(url), person);
    expect(choose.html).toContain('Choose a password');
    for (const bad of ['short', 'carol@acme.example', oneTimePassword]) {
      const again = await browser.submit(choose, { password: bad });
      expect([bad, again.status]).toEqual([bad, 400]);
    }
    const end = await browser.submit(choose, { password: PASSWORD });
    expect(end.url.pathname).toBe('/callback');
    expect(end.url.searchParams.get('code')).toBeTruthy();
  });

  it('works once: after that only the new password does', async () => {
    const { oneTimePassword } = await newMember('dave@acme.example');
    const dave = { organization: 'acme', email: 'dave@acme.example', password: PASSWORD };
    await signInFirst(admin, dave, oneTimePassword);
    expect((await tryToSignIn({ ...dave, password: oneTimePassword })).status).toBe(400);
    expect((await signIn(admin, dave)).accessToken).toBeTruthy();
  });

  it('cannot be skipped by going on without setting a new one', async () => {
    const { oneTimePassword } = await newMember('erin@acme.example');
    const browser = browserAt(admin);
    const { url } = await beginSignIn(await consoleClient(admin));
    const page = await browser.open(url);
    await browser.submit(page, { organization: 'acme', email: 'erin@acme.example', password: oneTimePassword });
    const uid = page.url.pathname.split('/').pop();
    const resumed = await browser.open(`${ADMIN_URL}/oidc/auth/${uid}`);
    expect(resumed.html).toContain('Sign in');
    expect(resumed.url.pathname).toMatch(/^\/sign-in\//);
  });

  it('given to somebody signed in ends their sessions, refresh tokens and access tokens', async () => {
    const frank = await memberOf(admin, 'acme', 'frank@acme.example', { role: 'viewer' });
    expect((await frank.call('GET', '/me')).status).toBe(200);
    const given = await admin.call('POST', `${acme}/members/${frank.id}/one-time-password`);
    expect(given.body).toMatchObject({ signsInWith: 'one-time-password', oneTimePassword: expect.any(String) });
    expect((await frank.call('GET', '/me')).status).toBe(401);
    const refreshing = client.refreshTokenGrant(frank.configuration, frank.tokens.refresh_token as string);
    await expect(refreshing).rejects.toMatchObject({ error: 'invalid_grant' });
    const { url } = await beginSignIn(frank.configuration);
    expect((await frank.browser.open(url)).html).toContain('Sign in');
  });
});

describe('guessing passwords', () => {
  it('429: after five attempts nothing more is tried from there, the right password neither; others get in', async () => {
    const { oneTimePassword } = await newMember('grace@acme.example');
    const grace = { organization: 'acme', email: 'grace@acme.example', password: oneTimePassword };
    for (let n = 0; n < 5; n++) expect((await tryToSignIn({ ...grace, password: `guess ${n}` })).status).toBe(400);
    const locked = await tryToSignIn(grace);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(locked.html).toContain('Too many attempts');
    expect((await tryToSignIn({ ...grace, email: 'GRACE@acme.example' })).status).toBe(429);
    expect((await signIn(admin, adas)).accessToken).toBeTruthy();
  });
});

describe('the audit trail', () => {
  it('has every sign-in, every refusal of a member, and every new password, and stays whole', async () => {
    const actions = await auditActions();
    expect(actions).toContainEqual(['member.signed-in', 'ada@acme.example']);
    expect(actions).toContainEqual(['member.password-changed', 'ada@acme.example']);
    expect(actions).toContainEqual(['member.sign-in-refused', 'ada@acme.example']);
    expect((await admin.call('GET', `${acme}/audit-events/verify`)).body).toMatchObject({ ok: true });
    expect(JSON.stringify(actions)).not.toContain('password is');
  });

  it('names the member behind a change', async () => {
    await ada.call('POST', `${acme}/teams`, { slug: 'by-ada', name: 'By Ada' });
    expect(await auditActions()).toContainEqual(['team.created', 'ada@acme.example']);
  });
});

describe('a member who is removed', () => {
  it('is signed out at once, at the API and at the issuer', async () => {
    const heidi = await memberOf(admin, 'acme', 'heidi@acme.example', { role: 'admin' });
    expect((await ada.call('DELETE', `${acme}/members/${heidi.id}`)).status).toBe(204);
    expect((await heidi.call('GET', '/me')).status).toBe(401);
    const refreshing = client.refreshTokenGrant(heidi.configuration, heidi.tokens.refresh_token as string);
    await expect(refreshing).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});
