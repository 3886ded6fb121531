import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { AccessTokens, type TokenRequest } from './access-tokens.js';
import { openServiceAccount } from './google.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ACCOUNT = {
  type: 'service_account',
  project_id: 'acme-1',
  private_key_id: 'key-1',
  private_key: pem,
  client_email: 'gateway@acme-1.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
  location: 'europe-west4',
};
const AUTH = { kind: 'google', scope: 'https://www.googleapis.com/auth/cloud-platform' } as const;
const REQUEST = { method: 'POST', url: 'https://host', headers: {}, body: '{}' } as const;

let nowMs: number;
let asked: TokenRequest[];
let answer: { status: number; text: string };
let tokens: AccessTokens;
const clock = { now: () => nowMs, monotonic: () => 0 };

beforeEach(() => {
  nowMs = Date.UTC(2026, 0, 1);
  asked = [];
  answer = { status: 200, text: '' };
  const fetch = async (request: TokenRequest) => {
    asked.push(request);
    return answer.text === ''
      ? { status: 200, text: JSON.stringify({ access_token: `token-${asked.length}`, expires_in: 3600 }) }
      : answer;
  };
  tokens = new AccessTokens(fetch, clock);
});

function authorizer(secret: object = ACCOUNT) {
  const { settings, authorizer } = openServiceAccount(AUTH, JSON.stringify(secret));
  return authorizer({ region: null, project: null, apiVersion: null, ...settings }, { clock, tokens });
}

describe("a service account's token", () => {
  it('is bought with an assertion that its key signed, for its scope and its endpoint only', async () => {
    expect(await authorizer().authorize(REQUEST)).toEqual({ authorization: 'Bearer token-1' });
    const [{ url, body }] = asked as [TokenRequest];
    expect(url).toBe(ACCOUNT.token_uri);
    const form = new URLSearchParams(body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', publicKey, {
      issuer: ACCOUNT.client_email,
      audience: ACCOUNT.token_uri,
      currentDate: new Date(nowMs),
    });
    expect(payload['scope']).toBe(AUTH.scope);
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
  });

  it('is fetched once for calls of the same moment, and from then on just there', async () => {
    const account = authorizer();
    const all = await Promise.all(Array.from({ length: 50 }, () => account.authorize(REQUEST)));
    expect(new Set(all.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer token-1']));
    expect(account.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-1' });
    expect(authorizer().authorize(REQUEST)).toEqual({ authorization: 'Bearer token-1' });
    expect(asked).toHaveLength(1);
  });

  it('is renewed a minute before it expires, and after a refusal', async () => {
    const account = authorizer();
    await account.authorize(REQUEST);
    nowMs += (3600 - 61) * 1000;
    expect(await account.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-1' });
    nowMs += 2_000;
    expect(await account.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-2' });
    expect(account.renew({ authorization: 'Bearer token-2' })).toBe(true);
    expect(await account.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-3' });
    account.renew({ authorization: 'Bearer token-2' });
    expect(await account.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-3' });
  });

  it('is never given to whoever knows all of the secret but the key', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    await authorizer().authorize(REQUEST);
    const stolen = authorizer({ ...ACCOUNT, private_key: other.export({ type: 'pkcs8', format: 'pem' }) });
    expect(await stolen.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-2' });
  });

  it.each([
    [400, '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}', 'refused'],
    [401, 'who are you', 'refused'],
    [429, '{}', 'failed'],
    [503, '<html>', 'failed'],
    [200, '{"access_token":"a\\nb","expires_in":1}', 'failed'],
    [200, '[]', 'failed'],
  ])(
    'is not had when the endpoint answers %i %s, which is told without its words and not remembered',
    async (status, text, reason) => {
      answer = { status, text };
      const account = authorizer();
      const failure = await Promise.resolve(account.authorize(REQUEST)).catch((cause: unknown) => cause);
      expect(failure).toMatchObject({ name: 'AuthorizationFailed', reason, status });
      expect(String(failure)).not.toContain(text);
      answer = { status: 200, text: '' };
      expect(await account.authorize(REQUEST)).toEqual({ authorization: 'Bearer token-2' });
    },
  );
});

describe("a service account's key file", () => {
  it('tells project and location', () => {
    expect(openServiceAccount(AUTH, ACCOUNT).settings).toEqual({ project: 'acme-1', region: 'europe-west4' });
    expect(openServiceAccount(AUTH, { ...ACCOUNT, project: 'other' }).settings.project).toBe('other');
  });

  it.each([
    ['is a path to it', '/etc/key.json', /must be a service account/],
    ['has no key', { ...ACCOUNT, private_key: undefined }, /needs private_key/],
    ['has half a key', { ...ACCOUNT, private_key: pem.slice(0, 300) }, /no valid private_key/],
    ['has no project', { ...ACCOUNT, project_id: undefined }, /needs project_id/],
    ['sends assertions in clear', { ...ACCOUNT, token_uri: 'http://token.example.com' }, /no valid token_uri/],
    ['has a project that leads elsewhere', { ...ACCOUNT, project_id: '../x' }, /no valid project_id/],
  ])('is refused when it %s, and not shown', (_, secret, message) => {
    const open = () => openServiceAccount(AUTH, secret);
    expect(open).toThrow(message);
    expect(open).toThrow(expect.objectContaining({ message: expect.not.stringContaining(pem.slice(40, 80)) }));
  });
});
