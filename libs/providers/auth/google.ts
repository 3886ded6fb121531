import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '#libs/core';
import { isPrivateAddress } from '../private-address.js';
import type { Auth } from '../provider.js';
import type { AccessToken, TokenFetch } from './access-tokens.js';
import { AuthorizationFailed } from './authorization-failed.js';
import type { AuthDeps, Authorizer, OpenSecret } from './authorizer.js';
import { SecretFlaw } from './authorizer.js';
import { optionalText, secretFields, secretText } from './secret-fields.js';

interface ServiceAccount {
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  readonly privateKeyId: string | null;
  readonly tokenUri: string;
  /** Tells accounts apart by everything that a token depends on. */
  readonly fingerprint: string;
}

const TOKEN_URI = 'https://oauth2.googleapis.com/token';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_LIFE_SEC = 3600;
const PROJECT = /^[a-z0-9:.-]{1,100}$/;
const LOCATION = /^[a-z0-9-]{1,40}$/;

/** A service account's key file, with `project` and `location` beside if they differ from the file's. Throws SecretFlaw. */
export function openServiceAccount({ scope }: Extract<Auth, { kind: 'google' }>, secret: string | object): OpenSecret {
  const fields = secretFields(secret, "a service account's JSON key");
  const clientEmail = secretText(fields, 'client_email', /^[^\s@]+@[^\s@]+$/);
  const pem = secretText(fields, 'private_key', /^-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  const tokenUri = tokenUriOf(optionalText(fields, 'token_uri', /^https?:\/\/\S+$/) ?? TOKEN_URI);
  const account: ServiceAccount = {
    clientEmail,
    privateKey: privateKeyOf(pem),
    privateKeyId: optionalText(fields, 'private_key_id', /^[\w-]+$/),
    tokenUri,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([clientEmail, pem, tokenUri, scope]))
      .digest('base64'),
  };
  const project = optionalText(fields, 'project', PROJECT) ?? secretText(fields, 'project_id', PROJECT);
  return {
    settings: { project, region: optionalText(fields, 'location', LOCATION) },
    authorizer: (_, deps) => tokenBearer(account, scope, deps),
  };
}

/** Plain http only where it cannot leave a private network; whether calls may go there is the client's rule. */
function tokenUriOf(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (!url || (url.protocol !== 'https:' && !isPrivateAddress(url.hostname)))
    throw new SecretFlaw('has no valid token_uri');
  return uri;
}

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Told below: what the parser says may quote the key.
  }
  throw new SecretFlaw('has no valid private_key');
}

function tokenBearer(account: ServiceAccount, scope: string, { clock, tokens }: AuthDeps): Authorizer {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const request = () => requestToken(account, scope, tokens.fetch, clock);
  return {
    authorize: () => {
      const token = tokens.get(account.fingerprint, request);
      return typeof token === 'string' ? bearer(token) : token.then(bearer);
    },
    renew: ({ authorization }) => {
      tokens.forget(account.fingerprint, authorization?.slice('Bearer '.length));
      return true;
    },
  };
}

/**
 * Trades a signed assertion for an access token (RFC 7523 §2.1;
 * developers.google.com/identity/protocols/oauth2/service-account#httprest). Signed with jose: Google's own library needs a
 * newer Node and a client of its own, which would not know our rule about private networks.
 */
async function requestToken(
  { clientEmail, privateKey, privateKeyId, tokenUri }: ServiceAccount,
  scope: string,
  fetch: TokenFetch,
  clock: Clock,
): Promise<AccessToken> {
  const nowSec = Math.floor(clock.now() / 1000);
  const assertion = await new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(privateKeyId !== null && { kid: privateKeyId }) })
    .setIssuer(clientEmail)
    .setAudience(tokenUri)
    .setIssuedAt(nowSec)
    .setExpirationTime(nowSec + ASSERTION_LIFE_SEC)
    .sign(privateKey);
  const { status, text } = await fetch({
    url: tokenUri,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
  });
  if (status >= 400 && status < 500 && status !== 429) {
    throw new AuthorizationFailed('refused', status, 'The token endpoint refused the service account.');
  }
  const token = status === 200 ? readToken(text) : undefined;
  if (!token) throw new AuthorizationFailed('failed', status, 'The token endpoint gave no token.');
  return token;
}

function readToken(text: string): AccessToken | undefined {
  try {
    const { access_token: token, expires_in: expiresInSec } = JSON.parse(text) as Record<string, unknown>;
    if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) && typeof expiresInSec === 'number') {
      return { token, expiresInSec };
    }
  } catch {
    // No JSON is no token.
  }
  return undefined;
}
