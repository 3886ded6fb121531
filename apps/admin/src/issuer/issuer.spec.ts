import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, uuidv7 } from '#libs/core';
import { AUDIENCES, createTokenVerifier } from '#libs/identity';
import { keys } from '#libs/redis';
import type { PlatformSnapshot } from '#libs/snapshot';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { SealBroken, WrongMasterKey } from '#libs/vault';
import {
  accessToken,
  type IssuerUnderTest,
  type IssuerUnderTestOptions,
  seedService,
  startIssuerUnderTest,
} from '../../test/issuer-under-test.js';
import { passVersion, readPlatformState } from './platform-state.js';

let database: TestDatabase;
let redis: TestRedis;
let running: IssuerUnderTest[] = [];
/** Turned by hand; the issuer's own protocol runs on real time. */
let aheadMs = 0;
const clock = { ...systemClock, now: () => Date.now() + aheadMs };

beforeEach(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  aheadMs = 0;
});

afterEach(async () => {
  for (const one of running.splice(0)) await one[Symbol.asyncDispose]();
  await Promise.all([redis.stop(), database.stop()]);
});

describe('the signing key', () => {
  it('survives a restart: tokens stay good and keep their key', async () => {
    const first = await start();
    const service = await seedService(first.prisma);
    const token = await accessToken(first.url, service);
    const port = Number(new URL(first.url).port);
    await stop(first);

    const second = await start({ port });
    expect(await verify(second, token)).toMatchObject({ sub: service.clientId });
    expect(kidOf(await accessToken(second.url, service))).toBe(kidOf(token));
  });

  it('is one for all admin apps, even when they all start on an empty database at once', async () => {
    const several = await Promise.all([start(), start(), start()]);
    const service = await seedService(several[0]!.prisma);
    const kids = await Promise.all(several.map(async ({ url }) => kidOf(await accessToken(url, service))));
    expect(new Set(kids).size).toBe(1);
    expect(await several[0]!.prisma.issuerKey.count()).toBe(1);
    expect(await several[0]!.prisma.platformSetting.count({ where: { name: 'platform-data-key' } })).toBe(1);
  });

  it('is not readable in the database', async () => {
    const { prisma } = await start();
    const row = await prisma.issuerKey.findFirstOrThrow();
    expect(row.publicJwk).not.toHaveProperty('d');
    expect(row.sealedJwk).toMatch(/^v1\./);
  });

  it('cannot be opened with another master key, and the error says what to do', async () => {
    await stop(await start());
    const other = start({ masterKey: Buffer.alloc(32, 2) });
    await expect(other).rejects.toThrow(WrongMasterKey);
  });

  it('is refused when somebody exchanged it in the database', async () => {
    const { prisma } = await start();
    const row = await prisma.issuerKey.findFirstOrThrow();
    await prisma.issuerKey.update({ where: { kid: row.kid }, data: { kid: 'other' } });
    await expect(start()).rejects.toThrow(SealBroken);
  });
});

describe('rotating the signing key', () => {
  it('announces the new key first, signs with it a minute later, and drops the old one when its tokens are over', async () => {
    const [one, two] = [await start(), await start()];
    const service = await seedService(one.prisma);
    const old = kidOf(await accessToken(one.url, service));

    await one.issuer.rotateKeys();
    const announced = await snapshot(one);
    expect(announced.jwks.keys.map(({ kid }) => kid)).toContain(old);
    expect(announced.jwks.keys).toHaveLength(2);
    const fresh = announced.jwks.keys.map(({ kid }) => kid).find((kid) => kid !== old);
    expect(kidOf(await accessToken(one.url, service))).toBe(old);

    aheadMs = 60_000;
    await eventually(async () => kidOf(await accessToken(one.url, service))).toBe(fresh);
    await eventually(async () => kidOf(await accessToken(two.url, service))).toBe(fresh);
    expect(await publishedKids(two)).toContain(old);

    aheadMs = 60_000 + 600_000;
    await eventually(() => publishedKids(two)).toEqual([fresh]);
    await eventually(async () => (await snapshot(one)).jwks.keys.map(({ kid }) => kid)).toEqual([fresh]);
  });

  it('takes a key away from gateways as soon as it is deleted: what to do when one has leaked', async () => {
    const one = await start();
    await one.issuer.rotateKeys();
    const { version, jwks } = await snapshot(one);
    const leaked = jwks.keys[0]!.kid;
    await one.prisma.issuerKey.delete({ where: { kid: leaked } });
    await eventually(async () => (await snapshot(one)).jwks.keys.map(({ kid }) => kid)).not.toContain(leaked);
    expect((await snapshot(one)).version).toBeGreaterThan(version);
    const service = await seedService(one.prisma);
    expect(kidOf(await accessToken(one.url, service))).toBe(jwks.keys[1]!.kid);
  });
});

describe('the platform snapshot', () => {
  it('is published at start with issuer, public keys and nothing secret', async () => {
    const one = await start();
    const published = await snapshot(one);
    expect(published).toMatchObject({ format: 1, issuer: one.url, revokedTokens: [] });
    expect(published.jwks.keys).toEqual([expect.objectContaining({ kty: 'EC', alg: 'ES256' })]);
    expect(JSON.stringify(published)).not.toContain('"d":');
    expect(await one.redis.hget(keys.snapshotVersions, 'platform')).toBe(String(published.version));
  });

  it('gets a higher version when the issuer moves, and keeps it when nothing changed', async () => {
    const first = await start();
    const { version } = await snapshot(first);
    const port = Number(new URL(first.url).port);
    await stop(first);
    const same = await start({ port });
    expect((await snapshot(same)).version).toBe(version);
    await stop(same);
    const moved = await start();
    expect(await snapshot(moved)).toMatchObject({ issuer: moved.url, version: version + 1 });
  });

  it('comes back by itself in a Redis that lost everything', async () => {
    const one = await start();
    const before = await snapshot(one);
    await one.redis.flushall();
    await eventually(() => snapshot(one)).toEqual(before);
  });

  it('is repaired when contents and version in Redis do not agree', async () => {
    const one = await start();
    const before = await snapshot(one);
    await one.redis.set(keys.platformSnapshot, JSON.stringify({ ...before, version: before.version - 1 }));
    await eventually(() => snapshot(one)).toEqual(before);
  });

  it('goes past what gateways have seen after the database was set back', async () => {
    const one = await start();
    await one.redis.set(keys.platformSnapshot, JSON.stringify({ ...(await snapshot(one)), version: 90 }));
    await one.redis.hset(keys.snapshotVersions, 'platform', 90);
    await eventually(async () => (await snapshot(one)).version).toBe(91);
    expect((await readPlatformState(one.prisma, clock.now())).version).toBe(91);
  });

  it('never loses a revocation among many at once, and its version says so', async () => {
    const [one, two] = [await start(), await start()];
    const { version } = await snapshot(one);
    const jtis = Array.from({ length: 20 }, () => uuidv7());
    const exp = Math.floor(clock.now() / 1000) + 600;
    await Promise.all(
      jtis.map((jti, n) =>
        (n % 2 ? one : two).issuer.tokens.revoke({ iss: '', sub: '', client_id: '', aud: '', iat: 0, exp, jti }),
      ),
    );
    await eventually(async () => (await snapshot(one)).version).toBe(version + jtis.length);
    expect((await snapshot(one)).revokedTokens.map(({ id }) => id).sort()).toEqual(jtis.sort());
  });

  it('forgets a revoked token once that has expired', async () => {
    const one = await start();
    const claims = { iss: '', sub: '', client_id: '', aud: '', iat: 0, jti: uuidv7() };
    await one.issuer.tokens.revoke({ ...claims, exp: Math.floor(clock.now() / 1000) + 600 });
    await eventually(async () => (await snapshot(one)).revokedTokens.length).toBe(1);
    aheadMs = 601_000;
    await passVersion(one.prisma, 0);
    await eventually(async () => (await snapshot(one)).revokedTokens).toEqual([]);
  });
});

describe('without Redis', () => {
  it('tokens are issued all the same, the outage is reported once, and the snapshot follows when Redis is back', async () => {
    const one = await start();
    const service = await seedService(one.prisma);
    const port = Number(new URL(redis.url).port);
    await redis.stop();
    await eventually(() => one.errors.length).toBe(1);
    const token = await accessToken(one.url, service);
    await one.issuer.tokens.revoke(decodeJwt(token) as Parameters<typeof one.issuer.tokens.revoke>[0]);
    expect(one.errors).toHaveLength(1);

    redis = await testRedis({ port });
    await eventually(async () => (await snapshot(one).catch(() => undefined))?.revokedTokens.length).toBe(1);
  });
});

/** Waits for what the next heartbeats will bring about. */
function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 15_000 });
}

async function start(options: Partial<IssuerUnderTestOptions> = {}): Promise<IssuerUnderTest> {
  const one = await startIssuerUnderTest({ databaseUrl: database.url, redisUrl: redis.url, clock, ...options });
  running.push(one);
  return one;
}

async function stop(one: IssuerUnderTest): Promise<void> {
  running = running.filter((other) => other !== one);
  await one[Symbol.asyncDispose]();
}

async function snapshot({ redis: connection }: IssuerUnderTest): Promise<PlatformSnapshot> {
  return JSON.parse((await connection.get(keys.platformSnapshot)) ?? 'null');
}

async function publishedKids({ url }: IssuerUnderTest): Promise<unknown[]> {
  const { keys: published } = (await (await fetch(`${url}/jwks`)).json()) as { keys: { kid: string }[] };
  return published.map(({ kid }) => kid);
}

function kidOf(token: string): string | undefined {
  return decodeProtectedHeader(token).kid;
}

function verify({ url, issuer }: IssuerUnderTest, token: string) {
  return createTokenVerifier({ issuer: url, audience: AUDIENCES.gateway, keyFor: (kid) => issuer.keyFor(kid) })(token);
}
