import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { migrate } from '#libs/database';
import { startEmbedded } from '#libs/embedded';
import { type StackServices, until } from '../e2e/stack.js';

export type Service = 'redis' | 'postgres';

/** Embedded servers that are killed without warning; their guardian starts them again at their addresses. */
export interface KillableServices extends StackServices {
  /** `kill -9`. Resolves when the server is dead. */
  kill(service: Service): Promise<void>;
  /** Resolves when the server answers again; Redis then has each write on disk before it answers. */
  back(service: Service): Promise<void>;
}

/** Binaries survive between runs; data never does. */
const CACHE = resolve('node_modules/.cache/tollgate');

/** Recovery of Postgres replays its log. */
const BACK_WITHIN_MS = 60_000;

export async function startKillableServices(): Promise<KillableServices> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-faults-'));
  const services = await startEmbedded({
    dataDir,
    runtimeDir: CACHE,
    postgres: true,
    redis: true,
    temporary: true,
  });
  const { databaseUrl, redisUrl } = services;
  if (databaseUrl === null || redisUrl === null) throw new Error('the embedded servers gave no address');
  await migrate(databaseUrl);
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on('error', () => {});
  const redisBack = async (): Promise<void> => {
    // With `everysec` a slow disk may hold back writes that were answered for up to two seconds: see decision 7.
    await redis.config('SET', 'appendfsync', 'always');
  };
  await redisBack();
  return {
    databaseUrl,
    redisUrl,
    back: (service) => (service === 'redis' ? redisBack() : postgresBack(databaseUrl)),
    kill: async (service) => {
      const pid = service === 'redis' ? await redisPid(redis) : await postgresPid(dataDir);
      process.kill(pid, 'SIGKILL');
      while (isAlive(pid)) await new Promise((done) => setTimeout(done, 5));
    },
    stop: async () => {
      redis.disconnect();
      await services.stop();
    },
  };
}

async function postgresBack(url: string): Promise<void> {
  await until(async () => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    const there = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    return there;
  }, BACK_WITHIN_MS);
}

async function redisPid(redis: Redis): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
}

async function postgresPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
