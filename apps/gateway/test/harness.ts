import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Redis } from 'ioredis';
import { newGatewayKey } from '#libs/identity';
import type { UsageEvent } from '#libs/messages';
import { declareCounted } from '#libs/quota';
import { keys } from '#libs/redis';
import type { OrganizationSnapshot, PlatformSnapshot, SnapshotModel } from '#libs/snapshot';
import { createLogger } from '#libs/telemetry';
import { type Simulator, startSimulator, type TestRedis, testRedis } from '#libs/testing';
import { localMasterKey, newDataKey, seal } from '#libs/vault';
import { createApp } from '../src/app.js';
import { type Gateway, startGateway } from '../src/gateway.js';

export const ORGANIZATION = '01900000-0000-7000-8000-000000000001';
export const SECRET = 'sk-simulated-provider-secret';
/** $1 and $2 per million tokens, so that a cost is readable: input tokens + 2 × output tokens, in thousands of nano-USD. */
export const PRICES = { version: 'test', input: '1000000000', output: '2000000000' } as const;

export type SnapshotPart = Partial<Omit<OrganizationSnapshot, 'organizationId' | 'format'>>;

/** A gateway on a real Redis and the real simulator, configured by snapshots as the admin app would publish them. */
export interface Harness {
  readonly url: string;
  /** A gateway key of the service `app` in team `web` (inside `engineering`). */
  readonly key: string;
  readonly simulator: Simulator;
  readonly redis: Redis;
  /** What another gateway needs to serve the same snapshots. The key in base64. */
  readonly redisUrl: string;
  readonly masterKey: string;
  readonly defaults: Omit<OrganizationSnapshot, 'version'>;
  /** A provider secret sealed as the admin app would, for the credential of this id. */
  sealed(credentialId: string, secret: string | object): string;
  /** Publishes a snapshot with these parts over the default one, and resolves when the gateway has it. */
  configure(part: SnapshotPart): Promise<void>;
  /** A call to /v1/chat/completions with the key; `body` over a small default. */
  chat(body?: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>;
  /** Resolves when no copy of a call is under way. */
  idle(): Promise<void>;
  /** All usage events so far. */
  events(): Promise<readonly UsageEvent[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `otlpEndpoint`: a collector. */
export async function startHarness(otlpEndpoint: string | null = null): Promise<Harness> {
  const [simulator, redisServer, dataDir] = await Promise.all([
    startSimulator(),
    testRedis(),
    mkdtemp(join(tmpdir(), 'tollgate-gateway-')),
  ]);
  const masterKey = randomBytes(32);
  const dataKey = await newDataKey(localMasterKey(masterKey), ORGANIZATION);
  const { key, hash } = newGatewayKey();
  const redis = new Redis(redisServer.url);
  const gateway = await startGateway(
    {
      redisUrl: redisServer.url,
      masterKey,
      masterKeyNext: null,
      dataDir,
      allowPrivateUpstreams: true,
      publicGatewayUrl: null,
      bodyLimitBytes: 1024 * 1024,
      otlpEndpoint,
      callsMax: 5_000,
      // Specs share their machine: a late event loop is not theirs to be refused for.
      loopDelayMaxMs: 60_000,
      reservationHoldMs: 900_000,
      spoolBytesMax: 1_000_000,
      outageGraceNanoUsd: 0n,
    },
    createLogger('gateway', 'silent'),
  );
  const app = await createApp(gateway, createLogger('gateway', 'silent'));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();

  let version = 0;
  const base = defaultSnapshot(simulator, dataKey, hash);
  const configure = async (part: SnapshotPart): Promise<void> => {
    version += 1;
    await declareCounted(
      redis,
      ORGANIZATION,
      (part.budgets ?? []).map(({ id }) => id),
      Date.now(),
    );
    await publish(redis, { ...base, ...part, version });
    await until(() => liveVersion(gateway) === version);
  };
  await redis.set(keys.platformSnapshot, JSON.stringify(PLATFORM));
  await redis.hset(keys.snapshotVersions, 'platform', 1);
  await configure({});

  return {
    url,
    key,
    simulator,
    redis,
    redisUrl: redisServer.url,
    masterKey: masterKey.toString('base64'),
    defaults: base,
    sealed: (id, secret) => seal(dataKey.key, id, typeof secret === 'string' ? secret : JSON.stringify(secret)),
    configure,
    chat: (body = {}, headers = {}) =>
      fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model: 'fast', messages: [{ role: 'user', content: 'say hello' }], ...body }),
      }),
    idle: () => gateway.calls.deps.aside.idle(),
    events: async () =>
      (await redis.xrange(keys.usage(ORGANIZATION), '-', '+')).map(
        ([, fields]) => JSON.parse(fields[1] as string) as UsageEvent,
      ),
    [Symbol.asyncDispose]: () => dispose(app, gateway, redis, redisServer, simulator, dataDir),
  };
}

const PLATFORM: PlatformSnapshot = {
  format: 1,
  version: 1,
  issuer: 'http://issuer.invalid',
  jwks: { keys: [] },
  revokedTokens: [],
};

function defaultSnapshot(
  simulator: Simulator,
  dataKey: { readonly wrapped: string; readonly key: Buffer },
  keyHash: string,
): Omit<OrganizationSnapshot, 'version'> {
  const credential = (
    provider: 'openai' | 'anthropic' | 'gemini' | 'mistral' | 'cohere' | 'jina',
  ): OrganizationSnapshot['providerCredentials'][number] => ({
    id: provider,
    slug: provider,
    provider,
    baseUrl: simulator.baseUrl(provider),
    region: null,
    weight: 1,
    sealedSecret: seal(dataKey.key, provider, SECRET),
  });
  const model = (slug: string, provider: string, upstreamModel: string): SnapshotModel => ({
    id: slug,
    slug,
    provider,
    credential: provider,
    upstreamModel,
    region: null,
    limits: { maxOutputTokens: 1000 },
    capabilities: {},
    prices: PRICES,
  });
  return {
    format: 1,
    organizationId: ORGANIZATION,
    organization: 'acme',
    wrappedDataKey: dataKey.wrapped,
    teams: [
      { slug: 'web', costCenter: 'CC-1', path: ['web', 'engineering'] },
      { slug: 'engineering', costCenter: null, path: ['engineering'] },
    ],
    services: [
      {
        id: 'service-app',
        slug: 'app',
        team: 'web',
        kind: 'service',
        clientId: 'app',
        allowedModels: ['*'],
        credentials: [],
        keys: [{ id: 'key-1', hash: keyHash, expiresAtMs: null }],
      },
    ],
    providerCredentials: (['openai', 'anthropic', 'gemini', 'mistral', 'cohere', 'jina'] as const).map(credential),
    models: [
      model('gpt', 'openai', 'gpt-4.1-mini'),
      model('claude', 'anthropic', 'claude-sonnet-4-5'),
      model('flash', 'gemini', 'gemini-2.5-flash'),
      model('small', 'mistral', 'mistral-small-latest'),
    ],
    routes: [
      route('fast', ['gpt', 'claude']),
      route('smart', ['claude', 'gpt']),
      route('google', ['flash']),
      route('europe', ['small']),
    ],
    rateLimits: [],
    budgets: [],
    guardrails: [],
  };
}

export function route(
  slug: string,
  models: readonly string[],
  more: Partial<OrganizationSnapshot['routes'][number]> = {},
): OrganizationSnapshot['routes'][number] {
  return {
    id: `route-${slug}`,
    slug,
    strategy: 'priority',
    rules: [],
    retry: {},
    timeoutMs: null,
    cache: null,
    residency: [],
    targets: models.map((model, index) => ({ model, weight: 1, priority: index })),
    ...more,
  };
}

let fresh = 0;

/** A model of the OpenAI-dialect provider whose upstream name carries a fault for the simulator. */
export function faulty(slug: string, fault: string): SnapshotModel {
  fresh += 1;
  return {
    // What a gateway knows of a model's health it knows by its id: each faulty one starts without a past.
    id: `${slug}-${fresh}`,
    slug,
    provider: 'openai',
    credential: 'openai',
    upstreamModel: `gpt-4.1-mini~${fault}`,
    region: null,
    limits: { maxOutputTokens: 1000 },
    capabilities: {},
    prices: PRICES,
  };
}

async function publish(redis: Redis, snapshot: OrganizationSnapshot): Promise<void> {
  await redis.set(keys.snapshot(ORGANIZATION), JSON.stringify(snapshot));
  await redis.hset(keys.snapshotVersions, ORGANIZATION, snapshot.version);
  await redis.publish(
    keys.snapshotChanged,
    JSON.stringify({ organizationId: ORGANIZATION, version: snapshot.version }),
  );
}

const liveVersion = (gateway: Gateway): number | undefined =>
  gateway.calls.deps.live().organizations.get(ORGANIZATION)?.version;

/** Polls a condition that the process under test brings about by itself; fails the test after 5 s. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the awaited condition never held');
}

async function dispose(
  app: NestFastifyApplication,
  gateway: Gateway,
  redis: Redis,
  server: TestRedis,
  simulator: Simulator,
  dataDir: string,
): Promise<void> {
  await app.close();
  await gateway.close();
  redis.disconnect();
  await Promise.all([server.stop(), simulator.stop(), rm(dataDir, { recursive: true, force: true })]);
}
