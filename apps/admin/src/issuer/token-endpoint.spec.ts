import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportJWK, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/core';
import { AUDIENCES, createTokenVerifier } from '#libs/identity';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import {
  accessToken,
  type IssuerUnderTest,
  oauthClient,
  type SeededService,
  seedOperator,
  seedSecret,
  seedService,
  startIssuerUnderTest,
} from '../../test/issuer-under-test.js';

let database: TestDatabase;
let redis: TestRedis;
let tested: IssuerUnderTest;
let service: SeededService;
let operator: { clientId: string; secret: string };

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  tested = await startIssuerUnderTest({ databaseUrl: database.url, redisUrl: redis.url });
  service = await seedService(tested.prisma);
  operator = await seedOperator(tested.prisma);
});

afterAll(async () => {
  await tested?.[Symbol.asyncDispose]();
  await Promise.all([redis?.stop(), database?.stop()]);
});

describe('discovery', () => {
  it('tells every endpoint under the configured URL, whatever Host header asked', async () => {
    const viaAddress = tested.url.replace('localhost', '127.0.0.1');
    for (const base of [tested.url, viaAddress]) {
      const response = await fetch(`${base}/.well-known/openid-configuration`, {
        headers: { 'x-forwarded-host': 'attacker.example' },
      });
      expect(await response.json()).toMatchObject({
        issuer: tested.url,
        token_endpoint: `${tested.url}/token`,
        jwks_uri: `${tested.url}/jwks`,
        introspection_endpoint: `${tested.url}/token/introspection`,
        revocation_endpoint: `${tested.url}/token/revocation`,
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      });
    }
  });

  it('publishes public keys only', async () => {
    const { keys } = (await (await fetch(`${tested.url}/jwks`)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(keys[0]).not.toHaveProperty('d');
  });
});

describe('a service', () => {
  it.each([
    ['client_secret_basic', client.ClientSecretBasic],
    ['client_secret_post', client.ClientSecretPost],
  ])('gets an RFC 9068 token for the gateway by %s', async (_, authentication) => {
    const configuration = await oauthClient(tested.url, service.clientId, authentication(service.secret));
    const answer = await client.clientCredentialsGrant(configuration);
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 600 });
    expect(decodeProtectedHeader(answer.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    const claims = decodeJwt(answer.access_token);
    expect(claims).toMatchObject({
      iss: tested.url,
      aud: AUDIENCES.gateway,
      sub: service.clientId,
      client_id: service.clientId,
      organization: service.organizationId,
      service: service.serviceId,
      credential: service.credentialId,
    });
    expect(claims.exp).toBe(claims.iat! + 600);
    expect(claims).not.toHaveProperty('operator');
  });

  it('gets a token that our own verifier accepts', async () => {
    const verify = createTokenVerifier({
      issuer: tested.url,
      audience: AUDIENCES.gateway,
      keyFor: (kid) => tested.issuer.keyFor(kid),
    });
    expect(await verify(await accessToken(tested.url, service))).toMatchObject({ sub: service.clientId });
  });

  it('may name the gateway as its resource', async () => {
    const answer = await grant(service, { resource: AUDIENCES.gateway });
    expect(decodeJwt(answer.access_token).aud).toBe(AUDIENCES.gateway);
  });

  it('is refused a token for the admin API with invalid_target', async () => {
    await expect(grant(service, { resource: AUDIENCES.admin })).rejects.toMatchObject({ error: 'invalid_target' });
  });

  it.each(['urn:unknown', 'https://example.com/api', 'not a uri'])(
    'is refused a token for the resource %j with invalid_target',
    async (resource) => {
      await expect(grant(service, { resource })).rejects.toMatchObject({ error: 'invalid_target' });
    },
  );

  it('is refused with a wrong secret', async () => {
    await expect(grant({ ...service, secret: operator.secret }, {})).rejects.toMatchObject({
      error: 'invalid_client',
      status: 401,
    });
  });

  it('is refused with the hash of its secret instead of the secret', async () => {
    const { secretHash } = await tested.prisma.serviceCredential.findUniqueOrThrow({
      where: { id: service.credentialId },
    });
    await expect(grant({ ...service, secret: secretHash! }, {})).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it.each(['client-\0', 'ä', ' ', 'x'.repeat(5000), "' OR 1=1 --"])('cannot be called %.20j', async (clientId) => {
    const answer = await rawToken(clientId, service.secret);
    expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/^invalid_(client|request)$/) });
  });

  it('that nobody knows gets the same answer as one with a wrong secret', async () => {
    const unknown = await rawToken('client-nobody', service.secret);
    const wrong = await rawToken(service.clientId, 'tgs_wrong');
    expect(await unknown.json()).toEqual(await wrong.json());
    expect(unknown.status).toBe(wrong.status);
  });
});

describe('an operator', () => {
  it('gets a token for the admin API', async () => {
    const claims = decodeJwt(await accessToken(tested.url, operator));
    expect(claims).toMatchObject({ aud: AUDIENCES.admin, client_id: operator.clientId, operator: true });
    expect(claims).not.toHaveProperty('organization');
  });

  it('is refused a token for the gateway with invalid_target', async () => {
    await expect(grant(operator, { resource: AUDIENCES.gateway })).rejects.toMatchObject({ error: 'invalid_target' });
  });
});

describe('rotating a secret', () => {
  it('leaves no gap: old and new work side by side, and each token names the one it was got with', async () => {
    const rotating = await seedService(tested.prisma);
    await accessToken(tested.url, rotating);
    const fresh = await seedSecret(tested.prisma, rotating);
    const [byOld, byNew] = await Promise.all([
      accessToken(tested.url, rotating),
      accessToken(tested.url, { ...rotating, secret: fresh.secret }),
    ]);
    expect(decodeJwt(byOld)['credential']).toBe(rotating.credentialId);
    expect(decodeJwt(byNew)['credential']).toBe(fresh.credentialId);

    await tested.prisma.serviceCredential.delete({ where: { id: rotating.credentialId } });
    await expect(accessToken(tested.url, rotating)).rejects.toMatchObject({ error: 'invalid_client' });
    await accessToken(tested.url, { ...rotating, secret: fresh.secret });
  });

  it('ends an expired secret, and a service without any live one has no way in', async () => {
    const expiring = await seedService(tested.prisma);
    const old = await seedSecret(tested.prisma, expiring, { expiresAt: new Date(Date.now() - 1) });
    await expect(accessToken(tested.url, { ...expiring, ...old })).rejects.toMatchObject({ error: 'invalid_client' });
    await accessToken(tested.url, expiring);
    await tested.prisma.serviceCredential.deleteMany({ where: { id: expiring.credentialId } });
    await expect(accessToken(tested.url, expiring)).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('mixes up no two credentials under concurrency', async () => {
    const busy = await seedService(tested.prisma);
    const other = await seedSecret(tested.prisma, busy);
    const credentials = [busy, { ...busy, ...other }];
    const used = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const one = credentials[n % 2]!;
        const response = await rawToken(one.clientId, one.secret);
        const { access_token: token } = (await response.json()) as { access_token: string };
        return decodeJwt(token)['credential'] === one.credentialId;
      }),
    );
    expect(used.every(Boolean)).toBe(true);
  });
});

describe('private_key_jwt', () => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const second = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let keyed: SeededService;
  let ownCredential: string;
  let secondCredential: string;

  beforeAll(async () => {
    keyed = await seedService(tested.prisma);
    ownCredential = await seedKeys(keyed, { ...(await exportJWK(own.publicKey)), kid: 'same-name' });
    secondCredential = await seedKeys(keyed, { ...(await exportJWK(second.publicKey)), kid: 'same-name' });
  });

  it('works with openid-client', async () => {
    const key = await crypto.subtle.importKey(
      'pkcs8',
      own.privateKey.export({ type: 'pkcs8', format: 'der' }),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    );
    const configuration = await oauthClient(
      tested.url,
      keyed.clientId,
      client.PrivateKeyJwt({ key, kid: 'same-name' }),
    );
    const answer = await client.clientCredentialsGrant(configuration);
    expect(decodeJwt(answer.access_token)).toMatchObject({ sub: keyed.clientId, credential: ownCredential });
  });

  it('names the credential whose key signed, even where two give their key the same id', async () => {
    expect(await credentialOf(await assertion())).toBe(ownCredential);
    expect(await credentialOf(await assertion({ key: second.privateKey, alg: 'RS256' }))).toBe(secondCredential);
  });

  it('works beside a secret of the same service', async () => {
    expect(decodeJwt(await accessToken(tested.url, keyed))['credential']).toBe(keyed.credentialId);
  });

  it('is refused for a service that has no keys', async () => {
    const response = await present(await assertion({ clientId: service.clientId }), service.clientId);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  it('accepts an assertion once, also when it is sent many times at the same moment', async () => {
    const once = await assertion();
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await present(once)).status));
    expect(statuses.sort()).toEqual([200, 401, 401, 401, 401]);
    expect((await present(once)).status).toBe(401);
  });

  it.each([
    ['for another issuer', { audience: 'https://elsewhere.example' }],
    ['signed by a stranger', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    ['that has expired', { expiresInSeconds: -60 }],
    ['that would live for a day', { expiresInSeconds: 86_400 }],
  ])('refuses an assertion %s', async (_, wrong) => {
    const response = await present(await assertion(wrong));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  interface AssertionFacts {
    key?: Parameters<SignJWT['sign']>[0];
    alg?: string;
    audience?: string;
    clientId?: string;
    expiresInSeconds?: number;
  }

  /** A good assertion (RFC 7523 §3) but for what is given. */
  function assertion(facts: AssertionFacts = {}): Promise<string> {
    const { key = own.privateKey, alg = 'ES256', audience = tested.url, expiresInSeconds = 60 } = facts;
    const clientId = facts.clientId ?? keyed.clientId;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: clientId, sub: clientId, aud: audience, jti: uuidv7(), exp: now + expiresInSeconds })
      .setProtectedHeader({ alg, kid: 'same-name' })
      .sign(key);
  }

  function present(signed: string, clientId = keyed.clientId): Promise<Response> {
    return post('/token', {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: signed,
    });
  }

  async function credentialOf(signed: string): Promise<unknown> {
    const { access_token: token } = (await (await present(signed)).json()) as { access_token: string };
    return decodeJwt(token)['credential'];
  }

  async function seedKeys(owner: SeededService, jwk: object): Promise<string> {
    const id = uuidv7();
    const { organizationId, serviceId } = owner;
    await tested.prisma.serviceCredential.create({
      data: { id, organizationId, serviceId, kind: 'jwks', jwks: { keys: [{ ...jwk }] } },
    });
    return id;
  }
});

describe('the last use of a credential', () => {
  it('is noted, at most once a minute', async () => {
    const noted = await seedService(tested.prisma);
    const lastUsedAt = async () =>
      (await tested.prisma.serviceCredential.findUniqueOrThrow({ where: { id: noted.credentialId } })).lastUsedAt;
    expect(await lastUsedAt()).toBeNull();
    await accessToken(tested.url, noted);
    await expect.poll(lastUsedAt, { timeout: 15_000 }).toBeInstanceOf(Date);
    const first = await lastUsedAt();
    await accessToken(tested.url, noted);
    expect(await lastUsedAt()).toEqual(first);
  });
});

it('nothing went wrong on our side in all this', () => {
  expect(tested.errors).toEqual([]);
});

async function grant(
  who: { clientId: string; secret: string },
  parameters: Record<string, string>,
): Promise<client.TokenEndpointResponse> {
  const configuration = await oauthClient(tested.url, who.clientId, client.ClientSecretPost(who.secret));
  return client.clientCredentialsGrant(configuration, parameters);
}

function rawToken(clientId: string, secret: string): Promise<Response> {
  return post('/token', { grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
}

function post(path: string, form: Record<string, string>): Promise<Response> {
  return fetch(`${tested.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
}
