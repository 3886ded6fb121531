import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type UnderTest, underTest } from '../under-test.js';

const EMAIL = 'gateway@acme.iam.gserviceaccount.com';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

let simulator: UnderTest;
let tokenUrl: string;
beforeAll(async () => {
  simulator = await underTest();
  tokenUrl = `${simulator.url}/google-oauth/token`;
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  await simulator.post('/control/google-accounts', { clientEmail: EMAIL, publicKey: pem });
});
afterAll(() => simulator.stop());

async function ask({ key = privateKey, issuer = EMAIL, audience = tokenUrl, at = Date.now() } = {}) {
  const assertion = await new SignJWT({ scope: 'https://www.googleapis.com/auth/cloud-platform' })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(at / 1000))
    .setExpirationTime(Math.floor(at / 1000) + 3600)
    .sign(key);
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: GRANT, assertion }),
  });
  return { status: response.status, body: (await response.json()) as { access_token: string; error?: string } };
}

const call = (token: string, path: string, body: object) =>
  simulator.post(`/vertex/v1/projects/p/locations/l/publishers/${path}`, body, { authorization: `Bearer ${token}` });
const contents = [{ role: 'user', parts: [{ text: 'hello' }] }];
const CLAUDE = {
  anthropic_version: 'vertex-2023-10-16',
  max_tokens: 50,
  messages: [{ role: 'user', content: 'hello' }],
};

describe('a token', () => {
  it('is given for an assertion of the account, and opens both publishers until it is revoked', async () => {
    const { access_token: token } = (await ask()).body;
    const gemini = 'google/models/gemini-2.5-flash:generateContent';
    expect((await call(token, gemini, { contents })).status).toBe(200);
    expect((await call(token, 'anthropic/models/claude-x:rawPredict', CLAUDE)).status).toBe(200);
    expect((await call('made-up', gemini, { contents })).status).toBe(401);
    await fetch(`${simulator.url}/control/google-tokens`, { method: 'DELETE' });
    expect((await call(token, gemini, { contents })).status).toBe(401);
  });

  it.each([
    ['signed by another key', { key: stranger }],
    ['of an unknown account', { issuer: 'nobody@acme' }],
    ['for another audience', { audience: 'https://oauth2.googleapis.com/token' }],
    ['of yesterday', { at: Date.now() - 86_400_000 }],
  ])('is not given for an assertion %s', async (_, assertion) => {
    const { status, body } = await ask(assertion);
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });
});

it.each([
  ['a model in the body', { ...CLAUDE, model: 'claude-x' }, 'rawPredict'],
  ['no version', { ...CLAUDE, anthropic_version: undefined }, 'rawPredict'],
  ['no stream where one is asked for', CLAUDE, 'streamRawPredict'],
])('Claude refuses %s', async (_, body, verb) => {
  const { access_token: token } = (await ask()).body;
  expect((await call(token, `anthropic/models/claude-x:${verb}`, body)).status).toBe(400);
});
