import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '#libs/telemetry';
import { testDatabase, testRedis } from '#libs/testing';
import { createWorkerApp } from '../../apps/worker/src/app.js';
import { readWorkerConfig } from '../../apps/worker/src/connections/config.js';
import { type Connections, closeConnections, openConnections } from '../../apps/worker/src/connections/connections.js';

export interface WorkerApp extends AsyncDisposable {
  readonly url: string;
  readonly connections: Connections;
  readonly redisPid: number;
  stop(): Promise<void>;
}

/** The whole worker app with all its jobs, in this process, on its own Postgres database and Redis. */
export async function startWorker(env: Readonly<Record<string, string>> = {}): Promise<WorkerApp> {
  const [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  const masterKey = randomBytes(32).toString('base64');
  const services = { DATABASE_URL: database.url, REDIS_URL: redis.url, TOLLGATE_MASTER_KEY: masterKey };
  const worker = await startWorkerOn({ ...services, ...env });
  const stop = async (): Promise<void> => {
    await worker.stop();
    await Promise.all([database.stop(), redis.stop()]);
  };
  return { ...worker, redisPid: redis.pid, stop, [Symbol.asyncDispose]: stop };
}

/** As {@link startWorker}, on the services and with the master key that `env` names. */
export async function startWorkerOn(env: Readonly<Record<string, string>>): Promise<Omit<WorkerApp, 'redisPid'>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-worker-'));
  const config = readWorkerConfig({ WORKER_PORT: '0', TOLLGATE_DATA_DIR: dataDir, ...env });
  const connections = await openConnections(config, createLogger('worker', 'silent'));
  const app = await createWorkerApp(connections);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    await app.close();
    await closeConnections(connections);
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url, connections, stop, [Symbol.asyncDispose]: stop };
}
