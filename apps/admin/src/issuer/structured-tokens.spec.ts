import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { decodeJwt, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import type { PlatformSnapshot } from '#libs/snapshot';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import {
  accessToken,
  type IssuerUnderTest,
  oauthClient,
  type SeededService,
  seedOperator,
  seedService,
  startIssuerUnderTest,
} from '../../test/issuer-under-test.js';

let database: TestDatabase;
let redis: TestRedis;
let tested: IssuerUnderTest;
let subscription: Redis;
let service: SeededService;
let stranger: SeededService;
let operator: { clientId: string; secret: string };

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  tested = await startIssuerUnderTest({ databaseUrl: database.url, redisUrl: redis.url });
  subscription = tested.redis.duplicate({ enableOfflineQueue: true });
  await subscription.subscribe(keys.snapshotChanged);
  service = await seedService(tested.prisma);
  stranger = await seedService(tested.prisma);
  operator = await seedOperator(tested.prisma);
});

afterAll(async () => {
  subscription?.disconnect();
  await tested?.[Symbol.asyncDispose]();
  await Promise.all([redis?.stop(), database?.stop()]);
});

describe('introspection', () => {
  it('tells a client about its own token', async () => {
    const token = await accessToken(tested.url, service);
    expect(await introspect(service, token)).toEqual({ active: true, token_type: 'Bearer', ...decodeJwt(token) });
  });

  it("tells an operator about anyone's token", async () => {
    const token = await accessToken(tested.url, service);
    expect(await introspect(operator, token)).toMatchObject({ active: true, service: service.serviceId });
    expect(await introspect(operator, await accessToken(tested.url, operator))).toMatchObject({ active: true });
  });

  it("tells a client nothing about another's token", async () => {
    expect(await introspect(stranger, await accessToken(tested.url, service))).toEqual({ active: false });
  });

  it('calls a token inactive once its credential was deleted', async () => {
    const leaving = await seedService(tested.prisma);
    const token = await accessToken(tested.url, leaving);
    await tested.prisma.serviceCredential.delete({ where: { id: leaving.credentialId } });
    expect(await introspect(operator, token)).toEqual({ active: false });
  });

  it('calls a token inactive once its operator was deleted', async () => {
    const leaving = await seedOperator(tested.prisma);
    const token = await accessToken(tested.url, leaving);
    await tested.prisma.operatorClient.delete({ where: { clientId: leaving.clientId } });
    expect(await introspect(operator, token)).toEqual({ active: false });
  });

  it.each(['nonsense', 'a.b.c', ''])('calls %j inactive or refuses it', async (text) => {
    const answer = await post('/token/introspection', service, { token: text });
    expect([200, 400]).toContain(answer.status);
    expect(await answer.json()).not.toMatchObject({ active: true });
  });

  it('calls a token inactive that a stranger signed', async () => {
    const claims = decodeJwt(await accessToken(tested.url, service));
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'stranger' })
      .sign(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    expect(await introspect(operator, forged)).toEqual({ active: false });
  });

  it('needs an authenticated client', async () => {
    const token = await accessToken(tested.url, service);
    const answer = await post('/token/introspection', { ...service, secret: 'tgs_wrong' }, { token });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });

  it('is not to be cached', async () => {
    const token = await accessToken(tested.url, service);
    const answer = await post('/token/introspection', service, { token });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('revocation', () => {
  it('ends a token: introspection says so at once, and gateways are told', async () => {
    const token = await accessToken(tested.url, service);
    const { jti, exp } = decodeJwt(token);
    const told = once(subscription, 'message');
    const before = await snapshot();

    const configuration = await oauthClient(tested.url, service.clientId, client.ClientSecretPost(service.secret));
    await client.tokenRevocation(configuration, token);

    expect(await introspect(service, token)).toEqual({ active: false });
    const [, message] = await told;
    const after = await snapshot();
    expect(JSON.parse(message)).toEqual({ organizationId: 'platform', version: after.version });
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.revokedTokens).toContainEqual({ id: jti, expiresAtMs: exp! * 1000 });
  });

  it('may be repeated', async () => {
    const token = await accessToken(tested.url, service);
    for (const _ of [1, 2]) expect((await post('/token/revocation', service, { token })).status).toBe(200);
    expect(await introspect(service, token)).toEqual({ active: false });
  });

  it("is open to operators for anyone's token", async () => {
    const token = await accessToken(tested.url, service);
    expect((await post('/token/revocation', operator, { token })).status).toBe(200);
    expect(await introspect(service, token)).toEqual({ active: false });
  });

  it("is refused for another client's token, which stays good", async () => {
    const token = await accessToken(tested.url, service);
    const answer = await post('/token/revocation', stranger, { token });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'unauthorized_client' });
    expect(await introspect(service, token)).toMatchObject({ active: true });
  });

  it('of a token that nobody knows is as good as done (RFC 7009 §2.2)', async () => {
    expect((await post('/token/revocation', service, { token: 'a.b.c' })).status).toBe(200);
    expect((await post('/token/revocation', service, { token: 'nonsense' })).status).toBe(200);
  });

  it('needs an authenticated client', async () => {
    const token = await accessToken(tested.url, service);
    expect((await post('/token/revocation', { ...service, secret: 'tgs_wrong' }, { token })).status).toBe(401);
    expect(await introspect(service, token)).toMatchObject({ active: true });
  });
});

it('a token that cannot be looked up is neither called inactive nor revoked', async () => {
  const token = await accessToken(tested.url, service);
  await tested.prisma.$executeRaw`ALTER TABLE oidc_payloads RENAME TO oidc_payloads_away`;
  const answers = await Promise.all(
    ['introspection', 'revocation'].map((endpoint) => post(`/token/${endpoint}`, service, { token })),
  );
  await tested.prisma.$executeRaw`ALTER TABLE oidc_payloads_away RENAME TO oidc_payloads`;
  for (const answer of answers) {
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ error: 'server_error' });
  }
  expect(await introspect(service, token)).toMatchObject({ active: true });
});

async function introspect(who: { clientId: string; secret: string }, token: string): Promise<unknown> {
  const configuration = await oauthClient(tested.url, who.clientId, client.ClientSecretPost(who.secret));
  return client.tokenIntrospection(configuration, token);
}

function post(
  path: string,
  who: { clientId: string; secret: string },
  form: Record<string, string>,
): Promise<Response> {
  const body = new URLSearchParams({ client_id: who.clientId, client_secret: who.secret, ...form });
  return fetch(`${tested.url}${path}`, { method: 'POST', body });
}

async function snapshot(): Promise<PlatformSnapshot> {
  return JSON.parse((await tested.redis.get(keys.platformSnapshot)) ?? 'null');
}
