import { verify } from 'node:crypto';
import { type Fields, fields, number, text } from '../json.js';
import { type Asked, type Endpoint, Refusal } from '../vendor.js';
import { type Account, accountOf, issueToken } from './accounts.js';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_LIFE_MAX_SEC = 3600;
/** How far clocks may be apart. */
const SKEW_SEC = 60;

/** POST /token: a signed assertion for an access token. https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
export const token: Endpoint = {
  method: 'POST',
  path: /^\/token$/,
  body: 'form',
  modelOf: () => undefined,
  answer: (asked) => {
    const account = authenticate(asked);
    const body = {
      access_token: issueToken(asked.memory, account),
      expires_in: account.tokenLifeSec,
      token_type: 'Bearer',
    };
    return { kind: 'json', body };
  },
};

function authenticate({ form, memory, headers }: Asked): Account {
  if (form?.get('grant_type') !== GRANT) throw refused('unsupported_grant_type', 'Invalid grant_type.');
  const [header = '', payload = '', signature = ''] = String(form.get('assertion') ?? '').split('.');
  const claims = decoded(payload);
  const account = accountOf(memory, text(claims['iss']) ?? '');
  if (!account) throw refused('invalid_grant', 'Invalid grant: account not found');
  const signed = Buffer.from(`${header}.${payload}`);
  const right = verify('RSA-SHA256', signed, account.publicKey, Buffer.from(signature, 'base64url'));
  if (decoded(header)['alg'] !== 'RS256' || !right) throw refused('invalid_grant', 'Invalid JWT Signature.');
  if (claims['aud'] !== `http://${headers.host}/google-oauth/token`)
    throw refused('invalid_grant', 'Invalid JWT: audience.');
  if (text(claims['scope']) === undefined)
    throw refused('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
  const [issuedAt, expiresAt] = [number(claims['iat']) ?? 0, number(claims['exp']) ?? 0];
  const nowSec = Date.now() / 1000;
  if (Math.abs(nowSec - issuedAt) > SKEW_SEC || expiresAt < nowSec || expiresAt - issuedAt > ASSERTION_LIFE_MAX_SEC)
    throw refused(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    );
  return account;
}

function decoded(part: string): Fields {
  try {
    return fields(JSON.parse(Buffer.from(part, 'base64url').toString()));
  } catch {
    return {};
  }
}

const refused = (error: string, description: string): Refusal =>
  new Refusal({ status: 400, body: { error, error_description: description } });
