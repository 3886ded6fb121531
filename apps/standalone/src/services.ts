import { Redis } from 'ioredis';
import { ConfigError } from '#libs/config';
import { type Embedded, startEmbedded } from '#libs/embedded';
import { say, step } from '../start/step.mjs';
import { oneLine } from './one-line.js';
import type { Settings } from './settings.js';

/** Disposing of it stops what is embedded; servers of others are left alone. */
export interface Services extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

const CONNECT_MS = 5000;

/** Postgres and Redis: embedded where no URL is given. Throws EmbeddedError or ConfigError, one line each. */
export async function provideServices(settings: Settings): Promise<Services> {
  if (settings.redisUrl !== null) await checkRedis(settings.redisUrl);
  const embedded = await startMissing(settings);
  const databaseUrl = settings.databaseUrl ?? embedded?.databaseUrl;
  const redisUrl = settings.redisUrl ?? embedded?.redisUrl;
  if (!databaseUrl || !redisUrl) throw new Error('an embedded server gave no address');
  return { databaseUrl, redisUrl, [Symbol.asyncDispose]: async () => embedded?.stop() };
}

async function startMissing({ databaseUrl, redisUrl, dataDir }: Settings): Promise<Embedded | null> {
  const [postgres, redis] = [databaseUrl === null, redisUrl === null];
  if (!postgres && !redis) return null;
  const names = [postgres && 'Postgres', redis && 'Redis'].filter(Boolean).join(' and ');
  return step(`Starting ${names}`, () => startEmbedded({ dataDir, postgres, redis, onProgress: say }));
}

async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: CONNECT_MS, retryStrategy: () => null });
  let reason: unknown;
  redis.on('error', (cause) => {
    reason = cause;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    throw new ConfigError(`REDIS_URL: Redis at ${new URL(url).host} cannot be reached: ${oneLine(reason ?? cause)}`, {
      cause,
    });
  } finally {
    redis.disconnect();
  }
}
