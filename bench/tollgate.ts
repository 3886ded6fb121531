import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { uuidv7 } from '#libs/core';
import { startEmbedded } from '#libs/embedded';
import { AUDIENCES } from '#libs/identity';
import { declareCounted } from '#libs/quota';
import { keys } from '#libs/redis';
import type { OrganizationSnapshot, PlatformSnapshot } from '#libs/snapshot';
import { localMasterKey, newDataKey, seal } from '#libs/vault';
import { type Child, startChild } from './child.js';
import { SUBJECT_CORE, type Target } from './load.js';

const ORGANIZATION = uuidv7();
const ISSUER = 'http://issuer.invalid';

/** `min`: a token and a route. `full`: also limits on four scopes, three nested budgets and input guardrails. `caching`: as min, with a cache. */
export type Setting = 'min' | 'full' | 'caching';

export interface TollgateUnderLoad extends AsyncDisposable {
  readonly child: Child;
  /** With an access token that the gateway verifies as it would the issuer's. */
  readonly target: Target;
}

/** A gateway process of the build on an embedded Redis, configured by a snapshot as the admin app would publish it. */
export async function startTollgate(
  setting: Setting,
  upstreamUrl: string,
  execArgv: readonly string[] = [],
): Promise<TollgateUnderLoad> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-bench-'));
  const services = await startEmbedded({
    dataDir,
    runtimeDir: resolve('node_modules/.cache/tollgate'),
    postgres: false,
    redis: true,
    temporary: true,
    onProgress: () => {},
  });
  const masterKey = randomBytes(32);
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const token = await signToken(privateKey);
  await publish(
    services.redisUrl as string,
    await snapshotOf(setting, upstreamUrl, masterKey),
    await platformOf(publicKey),
  );
  const child = await startChild(
    resolve('dist/apps/gateway/src/main.js'),
    [],
    {
      REDIS_URL: services.redisUrl as string,
      TOLLGATE_MASTER_KEY: masterKey.toString('base64'),
      TOLLGATE_DATA_DIR: dataDir,
      GATEWAY_PORT: '0',
      TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true',
      TOLLGATE_LOOP_DELAY_MAX_MS: '60000',
      LOG_LEVEL: 'warn',
    },
    SUBJECT_CORE,
    execArgv,
  );
  return {
    child,
    target: { origin: `http://127.0.0.1:${child.port}`, headers: { authorization: `Bearer ${token}` } },
    [Symbol.asyncDispose]: async () => {
      await child[Symbol.asyncDispose]();
      await services.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function signToken(key: CryptoKey): Promise<string> {
  return new SignJWT({ client_id: 'bench', organization: ORGANIZATION, service: 'service', credential: 'credential' })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
    .setIssuer(ISSUER)
    .setSubject('bench')
    .setAudience(AUDIENCES.gateway)
    .setJti(uuidv7())
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(key);
}

async function platformOf(publicKey: CryptoKey): Promise<PlatformSnapshot> {
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', kty: 'EC', alg: 'ES256', use: 'sig' };
  return { format: 1, version: 1, issuer: ISSUER, jwks: { keys: [jwk] }, revokedTokens: [] };
}

async function snapshotOf(setting: Setting, upstreamUrl: string, masterKey: Buffer): Promise<OrganizationSnapshot> {
  const dataKey = await newDataKey(localMasterKey(masterKey), ORGANIZATION);
  const scopes = [{}, { team: 'team' }, { service: 'service' }, { route: 'bench' }];
  const budgets = [{}, { team: 'team' }, { service: 'service' }];
  const full = setting === 'full';
  return {
    format: 1,
    organizationId: ORGANIZATION,
    organization: 'bench',
    version: 1,
    wrappedDataKey: dataKey.wrapped,
    teams: [{ slug: 'team', costCenter: null, path: ['team'] }],
    services: [
      {
        id: 'service',
        slug: 'service',
        team: 'team',
        kind: 'service',
        clientId: 'bench',
        allowedModels: ['*'],
        credentials: [{ id: 'credential', expiresAtMs: null }],
        keys: [],
      },
    ],
    providerCredentials: [
      {
        id: 'p',
        slug: 'p',
        provider: 'openai',
        baseUrl: `${upstreamUrl}/v1`,
        region: null,
        weight: 1,
        sealedSecret: seal(dataKey.key, 'p', 'sk-upstream'),
      },
    ],
    models: [
      {
        id: 'm',
        slug: 'm',
        provider: 'openai',
        credential: 'p',
        upstreamModel: 'gpt-4.1-mini',
        region: null,
        limits: { maxOutputTokens: 1_000 },
        capabilities: {},
        prices: { version: 'bench', input: '400000000', output: '1600000000' },
      },
    ],
    routes: [
      {
        id: 'r',
        slug: 'bench',
        strategy: 'priority',
        targets: [{ model: 'm', weight: 1, priority: 0 }],
        rules: [],
        retry: {},
        timeoutMs: null,
        cache: setting === 'caching' ? { ttlSeconds: 3600 } : null,
        residency: [],
      },
    ],
    rateLimits: full
      ? scopes.map((scope, index) => ({
          id: `l${index}`,
          scope,
          requestsPerMinute: 100_000_000,
          tokensPerMinute: null,
          maxConcurrency: null,
        }))
      : [],
    budgets: full
      ? budgets.map((scope, index) => ({
          id: `b${index}`,
          slug: `b${index}`,
          scope,
          amountNanoUsd: '1000000000000000',
          period: 'month',
          timezone: 'UTC',
          enforcement: 'hard',
          alertsAt: [],
        }))
      : [],
    guardrails: full
      ? [{ id: 'g', slug: 'g', applyTo: 'input', scope: {}, checks: [{ type: 'secrets', action: 'block' }] }]
      : [],
  };
}

async function publish(redisUrl: string, snapshot: OrganizationSnapshot, platform: PlatformSnapshot): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.set(keys.platformSnapshot, JSON.stringify(platform));
  await redis.set(keys.snapshot(ORGANIZATION), JSON.stringify(snapshot));
  await declareCounted(
    redis,
    ORGANIZATION,
    snapshot.budgets.map(({ id }) => id),
    Date.now(),
  );
  await redis.hset(keys.snapshotVersions, { platform: 1, [ORGANIZATION]: 1 });
  redis.disconnect();
}
