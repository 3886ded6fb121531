import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import { AUDIENCES, createTokenVerifier } from './index.js';

const ISSUER = 'https://tollgate.example/oidc';
const issuerKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangerKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuerPem = pem(issuerKey.publicKey);
let keysAsked: string[] = [];

const verify = createTokenVerifier({
  issuer: ISSUER,
  audience: AUDIENCES.gateway,
  keyFor: (kid) => {
    keysAsked.push(kid);
    return kid === 'key-1' ? issuerPem : undefined;
  },
});

const nowSeconds = Math.floor(Date.now() / 1000);
const goodHeader = { alg: 'ES256', typ: 'at+jwt', kid: 'key-1' };
const goodClaims = {
  iss: ISSUER,
  sub: 'client-1',
  client_id: 'client-1',
  aud: AUDIENCES.gateway,
  iat: nowSeconds,
  exp: nowSeconds + 600,
  jti: randomUUID(),
  organization: 'organization-1',
  service: 'service-1',
  credential: 'credential-1',
};

beforeEach(() => {
  keysAsked = [];
});

describe('an access token', () => {
  it('of our issuer for our audience is accepted with all its claims', async () => {
    expect(await verify(await signed())).toEqual(goodClaims);
  });

  it('is checked alike with an opened key', async () => {
    const opened = createTokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCES.gateway,
      keyFor: () => issuerKey.publicKey,
    });
    expect(await opened(await signed())).toEqual(goodClaims);
    await expect(opened(await signed({}, {}, strangerKey.privateKey))).rejects.toMatchObject({ code: 'invalid_token' });
    const content = `${encoded({ ...goodHeader, alg: 'HS256' })}.${encoded(goodClaims)}`;
    const mac = createHmac('sha256', issuerPem).update(content).digest('base64url');
    await expect(opened(`${content}.${mac}`)).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it('may name several audiences, if ours is among them', async () => {
    expect(await verify(await signed({ aud: ['urn:other', AUDIENCES.gateway] }))).toMatchObject({ sub: 'client-1' });
  });

  it('may write its type as a full media type (RFC 9068 §4)', async () => {
    expect(await verify(await signed({}, { typ: 'application/at+jwt' }))).toMatchObject({ sub: 'client-1' });
  });

  it('is refused with alg none', async () => {
    const unsigned = `${encoded({ ...goodHeader, alg: 'none' })}.${encoded(goodClaims)}.`;
    expect(await refusal(unsigned)).toMatch(/algorithm/);
    expect(keysAsked).toEqual([]);
  });

  it('is refused with alg none under a signature that would be good', async () => {
    const [, payload, signature] = (await signed()).split('.');
    expect(await refusal(`${encoded({ ...goodHeader, alg: 'none' })}.${payload}.${signature}`)).toMatch(/algorithm/);
  });

  it.each(['HS256', 'HS384', 'HS512'])('is refused with %s keyed by the public key', async (alg) => {
    const content = `${encoded({ ...goodHeader, alg })}.${encoded(goodClaims)}`;
    const mac = createHmac(alg.replace('HS', 'sha'), issuerPem).update(content).digest('base64url');
    expect(await refusal(`${content}.${mac}`)).toMatch(/algorithm/);
  });

  it('is refused with a key id that the issuer does not have', async () => {
    expect(await refusal(await signed({}, { kid: 'key-2' }, strangerKey.privateKey))).toMatch(
      /key that its issuer does not have/,
    );
  });

  it("is refused with the issuer's key id but a stranger's signature", async () => {
    expect(await refusal(await signed({}, {}, strangerKey.privateKey))).toBe('The access token is not valid.');
  });

  it('is refused without a key id', async () => {
    expect(await refusal(await signed({}, { kid: undefined }))).toMatch(/does not name its key/);
  });

  it.each([
    ['jku', 'https://attacker.example/jwks.json'],
    ['x5u', 'https://attacker.example/cert.pem'],
    ['x5c', ['MIIB']],
    ['crit', ['exp']],
  ])('is refused when its header says %s, and nothing is fetched', async (name, value) => {
    const content = `${encoded({ ...goodHeader, [name]: value })}.${encoded(goodClaims)}`;
    expect(await refusal(`${content}.${(await signed()).split('.')[2]}`)).toContain(`header ${name}`);
    expect(keysAsked).toEqual([]);
  });

  it('is refused when it brings its own key in the header jwk', async () => {
    const jwk = await exportJWK(strangerKey.publicKey);
    expect(await refusal(await signed({}, { jwk }, strangerKey.privateKey))).toContain('header jwk');
  });

  it('is refused for another audience', async () => {
    expect(await refusal(await signed({ aud: AUDIENCES.admin }))).toBe('The access token is for another audience.');
  });

  it('is refused without an audience', async () => {
    expect(await refusal(await signed({ aud: undefined }))).toBe('The access token is for another audience.');
  });

  it('is refused from another issuer', async () => {
    expect(await refusal(await signed({ iss: `${ISSUER}/` }))).toBe('The access token is from another issuer.');
  });

  it('is refused once it has expired', async () => {
    expect(await refusal(await signed({ exp: nowSeconds - 1 }))).toBe('The access token has expired.');
  });

  it('is refused before it is valid', async () => {
    expect(await refusal(await signed({ nbf: nowSeconds + 300 }))).toBe('The access token is not valid yet.');
  });

  it.each([
    ['missing', undefined],
    ['JWT', 'JWT'],
    ['logout+jwt', 'logout+jwt'],
  ])('is refused with typ %s: an ID token is no access token', async (_, typ) => {
    expect(await refusal(await signed({}, { typ }))).toMatch(/at\+jwt/);
  });

  it.each(['sub', 'client_id', 'jti', 'iat', 'exp'])(
    'is refused without the claim %s (RFC 9068 §2.2)',
    async (claim) => {
      expect(await refusal(await signed({ [claim]: undefined }))).toMatch(new RegExp(`claim ${claim} `));
    },
  );

  it.each([
    ['operator', 'yes'],
    ['service', 7],
    ['exp', '9999999999'],
  ])('is refused when the claim %s is of the wrong type', async (claim, value) => {
    await refusal(await signed({ [claim]: value }));
  });

  it('is refused when its payload was altered', async () => {
    const [header, , signature] = (await signed()).split('.');
    await refusal(`${header}.${encoded({ ...goodClaims, operator: true })}.${signature}`);
  });

  it.each(['', 'nonsense', 'a.b.c', `${encoded(goodHeader)}.e30`, `${encoded(7)}.e30.AA`, `${'a'.repeat(9000)}.b.c`])(
    'is refused when it is no JWT: %.20j',
    async (text) => {
      await refusal(text);
    },
  );

  it('is not blamed when the keys cannot be read', async () => {
    const failing = createTokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCES.gateway,
      keyFor: () => Promise.reject(new TollgateError('overloaded', 'The keys are away.')),
    });
    await expect(failing(await signed())).rejects.toMatchObject({ code: 'overloaded' });
  });
});

function pem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token that is right but for what is given; undefined leaves a member out. */
function signed(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: KeyObject = issuerKey.privateKey,
): Promise<string> {
  return new SignJWT(JSON.parse(JSON.stringify({ ...goodClaims, ...claims })))
    .setProtectedHeader(JSON.parse(JSON.stringify({ ...goodHeader, ...header })))
    .sign(key);
}

/** The public text with which a token is refused; fails when it is accepted or refused as anything but invalid_token. */
async function refusal(token: string): Promise<string> {
  const error: unknown = await verify(token).then(
    () => expect.unreachable('the token was accepted'),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(TollgateError);
  expect(error).toMatchObject({ code: 'invalid_token', status: 401 });
  return (error as TollgateError).message;
}
