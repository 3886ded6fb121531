import type { Redis } from 'ioredis';
import { ConfigError } from '#libs/config';
import { type Clock, systemClock } from '#libs/core';
import { createDatabase, type Database, openPlatformDataKey } from '#libs/database';
import { connectRedis, ready } from '#libs/redis';
import { createRegistry, type Logger, type Registry } from '#libs/telemetry';
import { type MasterKey, masterKeyFrom, openDataKey } from '#libs/vault';
import type { AdminConfig } from './config.js';

/** What the admin app runs on, opened and checked once at start. */
export interface Connections {
  readonly config: AdminConfig;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  readonly database: Database;
  readonly redis: Redis;
  readonly masterKey: MasterKey;
  readonly platformKey: Buffer;
}

const WAIT_MS = 5_000;
const RETRY_MS = 250;

/**
 * Opens everything. Throws ConfigError, one line, when Postgres or Redis does not answer within 5 seconds, and WrongMasterKey
 * when the master key is not the one that the data was written with.
 */
export async function openConnections(config: AdminConfig, logger: Logger, waitMs = WAIT_MS): Promise<Connections> {
  const database = createDatabase(config.databaseUrl);
  const redis = connectRedis(config.redisUrl, {
    name: 'admin',
    patience: 'fail-fast',
    onLost: (error) => logger.warn({ error }, 'Redis is away'),
    onReady: () => logger.info('Redis is there'),
  });
  try {
    await answerWithin(waitMs, 'DATABASE_URL', config.databaseUrl, () => database.pool.query('SELECT 1'));
    await answerWithin(waitMs, 'REDIS_URL', config.redisUrl, () => ready(redis));
    const masterKey = masterKeyFrom(config);
    const platformKey = await openPlatformDataKey(database.prisma, masterKey);
    await checkMasterKey(database, masterKey);
    return { config, logger, clock: systemClock, metrics: createRegistry(), database, redis, masterKey, platformKey };
  } catch (cause) {
    redis.disconnect();
    await database.close();
    throw cause;
  }
}

export async function closeConnections({ redis, database }: Pick<Connections, 'redis' | 'database'>): Promise<void> {
  redis.disconnect();
  await database.close();
}

/** Any one organization tells: all data keys are wrapped by the same master key. */
async function checkMasterKey({ prisma }: Database, masterKey: MasterKey): Promise<void> {
  const organization = await prisma.organization.findFirst({ select: { id: true, wrappedDataKey: true } });
  if (organization) await openDataKey(masterKey, organization.wrappedDataKey, organization.id);
}

async function answerWithin(waitMs: number, variable: string, url: string, ask: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const left = deadline - performance.now();
    try {
      return void (await withTimeout(ask(), Math.max(left, RETRY_MS)));
    } catch (cause) {
      if (left < RETRY_MS) throw unreachable(variable, url, cause);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Names host and port, never the password in the URL. */
function unreachable(variable: string, url: string, cause: unknown): ConfigError {
  const reason = cause instanceof AggregateError ? cause.errors[0] : cause;
  const text = reason instanceof Error ? reason.message.split('\n')[0] : String(reason);
  return new ConfigError(`${variable} names ${new URL(url).host}, which cannot be used: ${text}`);
}
