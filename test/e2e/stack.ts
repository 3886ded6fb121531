import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '#libs/embedded';
import { hashSecret, newSecret } from '#libs/identity';
import { type Simulator, startSimulator, testDatabase, testRedis } from '#libs/testing';
import { type AppName, type AppProcess, startApp } from './processes.js';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** What a service of the stack calls with. */
export interface Caller {
  readonly clientId: string;
  readonly clientSecret: string;
  token(): Promise<string>;
}

/** Where a stack keeps its data. */
export interface StackServices {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Default: a database and a Redis of this test run, whose data does not survive the server. */
  readonly services?: StackServices;
  /** Default 1. */
  readonly gateways?: number;
  /** More for the environment of every app. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole product as separate processes of the build, on a database, a Redis and a simulator of its own. */
export interface Stack extends AsyncDisposable {
  readonly gatewayUrl: string;
  /** Of all gateways, that of `gatewayUrl` first. */
  readonly gatewayUrls: readonly string[];
  readonly adminUrl: string;
  readonly issuer: string;
  readonly simulator: Simulator;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dataDir: string;
  readonly apps: Readonly<Record<AppName, AppProcess>>;
  /** One request to the admin API as the operator. `path` is below /api/v1. */
  admin<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<T>>;
  /** A token for the admin API: of an audience that the gateway must not take. */
  readonly operatorToken: string;
  /** The secret of the simulated provider, to look for where it must not be. */
  readonly providerSecret: string;
  /** The service `app` in team `web` of organization `acme`. */
  readonly caller: Caller;
  /** Kills an app without warning and starts it again at its address; of several gateways the first. */
  killAndRestart(name: AppName): Promise<void>;
  /** Kills a gateway without warning. Resolves with what starts it again at its address. */
  killGateway(index: number): Promise<() => Promise<void>>;
  /** Everything that any process has written. */
  output(): string;
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const [services, simulator, dataDir, adminPort, ...gatewayPorts] = await Promise.all([
    options.services ?? testServices(),
    startSimulator(),
    mkdtemp(join(tmpdir(), 'tollgate-e2e-')),
    freePort(),
    ...Array.from({ length: options.gateways ?? 1 }, freePort),
  ]);
  const operator = { clientId: 'operator', clientSecret: newSecret() };
  await createOperator(services.databaseUrl, operator);
  const env = {
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    TOLLGATE_MASTER_KEY: randomBytes(32).toString('base64'),
    TOLLGATE_DATA_DIR: dataDir,
    TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true',
    TOLLGATE_LOOP_DELAY_MAX_MS: '60000',
    ADMIN_PORT: String(adminPort),
    GATEWAY_PORT: String(gatewayPorts[0]),
    WORKER_PORT: '0',
    LOG_LEVEL: 'debug',
    ...options.env,
  };
  const apps = {
    admin: await startApp('admin', env),
    worker: await startApp('worker', env),
    gateway: await startApp('gateway', env),
  };
  const startGateway = (port: number) => startApp('gateway', { ...env, GATEWAY_PORT: String(port) });
  const furtherGateways = await Promise.all(gatewayPorts.slice(1).map(startGateway));
  const gone: string[] = [];

  const adminUrl = `http://localhost:${adminPort}`;
  const issuer = `${adminUrl}/oidc`;
  const operatorToken = await tokenOf(issuer, operator.clientId, operator.clientSecret);
  const admin: Stack['admin'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${adminUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${operatorToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as never };
  };

  const providerSecret = `sk-provider-${randomBytes(24).toString('hex')}`;
  const service = await configure(admin, simulator, providerSecret);
  const stack: Stack = {
    gatewayUrl: `http://localhost:${gatewayPorts[0]}`,
    gatewayUrls: gatewayPorts.map((port) => `http://localhost:${port}`),
    adminUrl,
    issuer,
    simulator,
    databaseUrl: services.databaseUrl,
    redisUrl: services.redisUrl,
    dataDir,
    apps,
    admin,
    operatorToken,
    providerSecret,
    caller: { ...service, token: () => tokenOf(issuer, service.clientId, service.clientSecret) },
    killAndRestart: async (name) => {
      await apps[name].kill();
      gone.push(apps[name].output());
      apps[name] = await startApp(name, env);
    },
    killGateway: async (index) => {
      const app = index === 0 ? apps.gateway : (furtherGateways[index - 1] as AppProcess);
      await app.kill();
      gone.push(app.output());
      return async () => {
        const restarted = await startGateway(app.port);
        if (index === 0) apps.gateway = restarted;
        else furtherGateways[index - 1] = restarted;
      };
    },
    output: () => [...gone, ...[...Object.values(apps), ...furtherGateways].map((app) => app.output())].join('\n'),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...Object.values(apps), ...furtherGateways].map((app) => app.stop()));
      await Promise.all([services.stop(), simulator.stop(), rm(dataDir, { recursive: true, force: true })]);
    },
  };
  await until(
    async () =>
      (
        await fetch(`${stack.gatewayUrl}/v1/models`, {
          headers: { authorization: `Bearer ${await stack.caller.token()}` },
        })
      ).status === 200,
  );
  return stack;
}

async function testServices(): Promise<StackServices> {
  const [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  const stop = async (): Promise<void> => {
    await Promise.all([database.stop(), redis.stop()]);
  };
  return { databaseUrl: database.url, redisUrl: redis.url, stop };
}

async function createOperator(
  databaseUrl: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('INSERT INTO operator_clients (client_id, name, secret_hash) VALUES ($1, $1, $2)', [
    clientId,
    hashSecret(clientSecret),
  ]);
  await client.end();
}

/** An organization as a first user would set it up: both providers of the simulator, a route to each. */
async function configure(
  admin: Stack['admin'],
  simulator: Simulator,
  secret: string,
): Promise<{ clientId: string; clientSecret: string }> {
  const create = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await admin<T>('POST', path, body);
    if (answer.status !== 201)
      throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await create('/organizations', { slug: 'acme', name: 'Acme' });
  await create('/organizations/acme/teams', { slug: 'web', name: 'Web', costCenter: 'CC-7' });
  const service = await create<{ clientId: string; clientSecret: string }>('/organizations/acme/services', {
    slug: 'app',
    name: 'App',
    team: 'web',
  });
  const upstream = { openai: 'gpt-4.1-mini', anthropic: 'claude-sonnet-4-5' } as const;
  for (const provider of ['openai', 'anthropic'] as const) {
    await create('/organizations/acme/provider-credentials', {
      slug: provider,
      provider,
      secret,
      baseUrl: simulator.baseUrl(provider),
    });
    await create('/organizations/acme/models', {
      slug: `sim-${provider}`,
      provider,
      credential: provider,
      model: upstream[provider],
      limits: { maxOutputTokens: 2_000 },
    });
  }
  await create('/organizations/acme/routes', {
    slug: 'fast',
    targets: [{ model: 'sim-openai' }, { model: 'sim-anthropic' }],
  });
  await create('/organizations/acme/routes', { slug: 'smart', targets: [{ model: 'sim-anthropic' }] });
  return service;
}

/** A client-credentials token, as any OAuth client gets it (RFC 6749 §4.4). */
export async function tokenOf(
  issuer: string,
  clientId: string,
  clientSecret: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...more }),
  });
  const body = (await response.json()) as { access_token?: string; error?: string };
  if (body.access_token === undefined) throw new Error(`no token: ${response.status} ${body.error}`);
  return body.access_token;
}

/** Waits for something that the processes bring about by themselves; fails the test after `timeoutMs`. */
export async function until<T>(look: () => Promise<T | undefined | false | null>, timeoutMs = 10_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error('the awaited condition never held');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
