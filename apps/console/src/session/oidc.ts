import * as oauth from 'oauth4webapi';

/** The console as an OAuth client (RFC 9700 §2.1): a public one, whose codes PKCE protects. */
const CLIENT: oauth.Client = { client_id: 'console', id_token_signed_response_alg: 'ES256' };
const SCOPE = 'openid email profile';
/** Where an unfinished sign-in is remembered, by its state: for this tab, until it comes back. */
const PENDING = 'tollgate.sign-in.';

const issuer = `${window.location.origin}/oidc`;
const redirectUri = `${window.location.origin}/callback`;
const server: oauth.AuthorizationServer = {
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  end_session_endpoint: `${issuer}/session/end`,
};
/** Without TLS only where the console itself was loaded without. */
const insecure = { [oauth.allowInsecureRequests]: window.location.protocol === 'http:' };

/** An access token and when it ends, ms since the epoch. */
export interface AccessToken {
  readonly value: string;
  readonly endsAtMs: number;
}

interface Pending {
  readonly verifier: string;
  /** Path and query to go back to. */
  readonly returnTo: string;
}

/**
 * A token without asking the person, as long as their session at the issuer lasts; null when it does not. The issuer answers
 * with redirects on this very origin, so a fetch can follow them: no frame, and no token kept where a script could find it
 * after a reload.
 */
export async function silentToken(signal?: AbortSignal): Promise<AccessToken | null> {
  const { url, state, verifier } = await authorizationUrl({ prompt: 'none' });
  const response = await fetch(url, { signal: signal ?? null, headers: { accept: 'text/html' } });
  const end = new URL(response.url);
  if (!end.href.startsWith(redirectUri) || !end.searchParams.has('code')) {
    if (response.status >= 500) throw new Error(`the issuer answered ${response.status}`);
    return null;
  }
  return exchange(end, state, verifier);
}

/** Leaves for the sign-in page. The person comes back to `returnTo`. */
export async function leaveForSignIn(returnTo: string): Promise<void> {
  if (await goToCanonicalOrigin(returnTo)) return;
  const { url, state, verifier } = await authorizationUrl({});
  const pending: Pending = { verifier, returnTo };
  window.sessionStorage.setItem(PENDING + state, JSON.stringify(pending));
  window.location.assign(url);
}

/** Takes a person who comes back from the sign-in page, and says where they wanted to be. Null: nobody left from here. */
export async function arrive(url: URL): Promise<{ readonly token: AccessToken; readonly returnTo: string } | null> {
  const state = url.searchParams.get('state') ?? '';
  const stored = window.sessionStorage.getItem(PENDING + state);
  if (stored === null) return null;
  window.sessionStorage.removeItem(PENDING + state);
  const { verifier, returnTo } = JSON.parse(stored) as Pending;
  return { token: await exchange(url, state, verifier), returnTo };
}

/** Leaves for the issuer's page that ends the session. */
export function leaveForSignOut(): void {
  const query = new URLSearchParams({
    client_id: CLIENT.client_id,
    post_logout_redirect_uri: `${window.location.origin}/`,
  });
  window.location.assign(`${server.end_session_endpoint}?${query}`);
}

async function authorizationUrl(more: Readonly<Record<string, string>>) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const query = new URLSearchParams({
    client_id: CLIENT.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: SCOPE,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  return { url: `${server.authorization_endpoint}?${query}`, state, verifier };
}

async function exchange(end: URL, state: string, verifier: string): Promise<AccessToken> {
  const parameters = oauth.validateAuthResponse(server, CLIENT, end, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    CLIENT,
    oauth.None(),
    parameters,
    redirectUri,
    verifier,
    insecure,
  );
  const answer = await oauth.processAuthorizationCodeResponse(server, CLIENT, response);
  return { value: answer.access_token, endsAtMs: Date.now() + (answer.expires_in ?? 0) * 1000 };
}

/**
 * The issuer sends people back to one origin only (TOLLGATE_ADMIN_URL). Whoever came in by another name of it, such as
 * 127.0.0.1, is sent there first: true then.
 */
async function goToCanonicalOrigin(path: string): Promise<boolean> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const known = (await response.json()) as { readonly issuer: string };
  const { origin } = new URL(known.issuer);
  if (origin === window.location.origin) return false;
  window.location.replace(origin + path);
  return true;
}
