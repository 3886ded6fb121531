import * as client from 'openid-client';
import { Browser, type Page } from './browser.js';
import { ADMIN_URL, type AdminApp, type Answer } from './start-admin.js';

export interface Person {
  /** Slug; empty for an operator. */
  readonly organization: string;
  readonly email: string;
  readonly password: string;
}

/** Someone with a browser and tokens of their own. */
export interface SignedIn {
  readonly accessToken: string;
  readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  readonly configuration: client.Configuration;
  readonly browser: Browser;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** The console as an OAuth client: finds the issuer by discovery. */
export function consoleClient(admin: AdminApp): Promise<client.Configuration> {
  return client.discovery(new URL(`${ADMIN_URL}/oidc`), 'console', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: (url, options) => fetch(url.replace(ADMIN_URL, admin.url), options as RequestInit),
  });
}

/** An authorization request with PKCE, as the console makes it. */
export async function beginSignIn(configuration: client.Configuration) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${ADMIN_URL}/callback`,
    scope: 'openid email profile',
    resource: 'urn:tollgate:admin',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  });
  return { url, checks: { pkceCodeVerifier: verifier, expectedState: state } };
}

export function browserAt(admin: AdminApp): Browser {
  return new Browser({ [ADMIN_URL]: admin.url });
}

/** Walks through the whole sign-in; `fill` does what the person does on the pages of the issuer. */
export async function walkThrough(
  admin: AdminApp,
  browser: Browser,
  fill: (page: Page) => Promise<Page>,
): Promise<SignedIn> {
  const configuration = await consoleClient(admin);
  const { url, checks } = await beginSignIn(configuration);
  const end = await fill(await browser.open(url));
  if (end.url.pathname !== '/callback') throw new Error(`signing in ended at ${end.url}: ${end.html}`);
  const tokens = await client.authorizationCodeGrant(configuration, end.url, checks);
  const accessToken = tokens.access_token;
  const call: SignedIn['call'] = (method, path, body, headers = {}) =>
    admin.call(method, path, body, { authorization: `Bearer ${accessToken}`, ...headers });
  return { accessToken, tokens, configuration, browser, call };
}

/** Signs in by password. */
export function signIn(admin: AdminApp, person: Person): Promise<SignedIn> {
  const browser = browserAt(admin);
  return walkThrough(admin, browser, (page) => browser.submit(page, { ...person }));
}

/** Signs in for the first time, with a one-time password, and sets `password`. */
export function signInFirst(admin: AdminApp, person: Person, oneTimePassword: string): Promise<SignedIn> {
  const browser = browserAt(admin);
  return walkThrough(admin, browser, async (page) => {
    const next = await browser.submit(page, { ...person, password: oneTimePassword });
    return browser.submit(next, { password: person.password });
  });
}

export const PASSWORD = 'a sentence that only I know';

/** Creates a member with these roles, and signs in as them. */
export async function memberOf(
  admin: AdminApp,
  organization: string,
  email: string,
  ...roles: readonly { readonly role: string; readonly team?: string }[]
): Promise<SignedIn & { readonly id: string }> {
  const made = await admin.call('POST', `/organizations/${organization}/members`, { email, name: email });
  if (made.status !== 201) throw new Error(made.text);
  const { id, oneTimePassword } = made.body;
  for (const role of roles) {
    const bound = await admin.call('POST', `/organizations/${organization}/role-bindings`, { member: id, ...role });
    if (bound.status !== 201) throw new Error(bound.text);
  }
  return { ...(await signInFirst(admin, { organization, email, password: PASSWORD }, oneTimePassword)), id };
}
