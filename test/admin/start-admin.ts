import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSecret, newSecret } from '#libs/identity';
import { createLogger } from '#libs/telemetry';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { createAdminApp } from '../../apps/admin/src/app.js';
import { readAdminConfig } from '../../apps/admin/src/connections/config.js';
import { type Connections, closeConnections, openConnections } from '../../apps/admin/src/connections/connections.js';

/** Where the app believes that it is reached: nothing listens there. */
export const ADMIN_URL = 'http://admin.test';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a spec says what it expects of the body by asserting it.
  readonly body: any;
}

export interface AdminApp extends AsyncDisposable {
  readonly url: string;
  readonly connections: Connections;
  /** The operator's `authorization` header, by the token that was got last. */
  readonly authorization: string;
  /** Gets the operator a new token, for what takes longer than a token lasts. */
  authorize(): Promise<void>;
  /** Its database and Redis server: stop one to see what happens without. */
  readonly database: TestDatabase;
  readonly redis: TestRedis;
  /** Calls the API as the operator; `path` below /api/v1 unless it begins with `//`, which stands for the root. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

/** The whole admin app on its own Postgres database and Redis, listening on a free port, with an operator's token. */
export async function startAdmin(): Promise<AdminApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-admin-'));
  const database = await testDatabase();
  const redis = await testRedis();
  const config = readAdminConfig({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    ADMIN_PORT: '0',
    TOLLGATE_DATA_DIR: dataDir,
    TOLLGATE_MASTER_KEY: randomBytes(32).toString('base64'),
    TOLLGATE_ADMIN_URL: ADMIN_URL,
    TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true',
  });
  const connections = await openConnections(config, createLogger('admin', 'silent'));
  const app = await createAdminApp(connections);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const newAuthorization = await operatorOf(connections, url);
  let authorization = await newAuthorization();
  const authorize = async (): Promise<void> => {
    authorization = await newAuthorization();
  };

  const call: AdminApp['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(path.startsWith('//') ? url + path.slice(1) : `${url}/api/v1${path}`, {
      method,
      headers: {
        authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await closeConnections(connections);
    await redis.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return {
    ...{ url, connections, authorize, database, redis, call, stop, [Symbol.asyncDispose]: stop },
    get authorization() {
      return authorization;
    },
  };
}

/** Creates the operator's client. Returns what gets an `authorization` header with a token of it. */
async function operatorOf({ database }: Connections, url: string): Promise<() => Promise<string>> {
  const secret = newSecret();
  const data = { clientId: 'operator', name: 'operator', secretHash: hashSecret(secret) };
  await database.prisma.operatorClient.create({ data });
  return async () => {
    const response = await fetch(`${url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`operator:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
  };
}

/** Creates resources in order; throws on the first refusal, so that a spec's premises are not its findings. */
export async function given(admin: AdminApp, ...creations: readonly (readonly [path: string, body: object])[]) {
  for (const [path, body] of creations) {
    const { status, text } = await admin.call('POST', path, body);
    if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text}`);
  }
}
