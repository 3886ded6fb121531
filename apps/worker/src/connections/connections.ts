import type { Redis } from 'ioredis';
import { ConfigError } from '#libs/config';
import { type Clock, systemClock } from '#libs/core';
import { createDatabase, type Database, openPlatformDataKey } from '#libs/database';
import { connectRedis, ready } from '#libs/redis';
import { createRegistry, type Logger, type Registry } from '#libs/telemetry';
import { type MasterKey, masterKeyFrom } from '#libs/vault';
import type { WorkerConfig } from './config.js';

/** What the worker runs on, opened and checked once at start. */
export interface Connections {
  readonly config: WorkerConfig;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Registry;
  readonly database: Database;
  readonly redis: Redis;
  readonly blockingRedis: Redis;
  readonly masterKey: MasterKey;
  readonly platformKey: Buffer;
}

const WAIT_MS = 10_000;

/**
 * Opens everything. Throws ConfigError, one line, when Postgres or Redis does not answer within 10 seconds, and WrongMasterKey
 * when the master key is not the one that the data was written with.
 */
export async function openConnections(config: WorkerConfig, logger: Logger, waitMs = WAIT_MS): Promise<Connections> {
  const database = createDatabase(config.databaseUrl);
  const redis = connectRedis(config.redisUrl, {
    name: 'worker',
    patience: 'wait',
    onLost: (error) => logger.warn({ error }, 'Redis is away'),
    onReady: () => logger.info('Redis is there'),
  });
  const blockingRedis = connectRedis(config.redisUrl, { name: 'worker-ingest', patience: 'wait' });
  try {
    await within(waitMs, 'REDIS_URL', config.redisUrl, ready(redis));
    await within(waitMs, 'DATABASE_URL', config.databaseUrl, database.pool.query('SELECT 1'));
    const masterKey = masterKeyFrom(config);
    const platformKey = await openPlatformDataKey(database.prisma, masterKey);
    const opened = { database, redis, blockingRedis, masterKey, platformKey };
    return { config, logger, clock: systemClock, metrics: createRegistry(), ...opened };
  } catch (cause) {
    await closeConnections({ database, redis, blockingRedis });
    throw cause;
  }
}

export async function closeConnections(
  connections: Pick<Connections, 'database' | 'redis' | 'blockingRedis'>,
): Promise<void> {
  connections.blockingRedis.disconnect();
  connections.redis.disconnect();
  await connections.database.close();
}

/** Names host and port, never the password in the URL. */
async function within(waitMs: number, variable: string, url: string, answer: Promise<unknown>): Promise<void> {
  const late = AbortSignal.timeout(waitMs);
  const timeout = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error('no answer')));
  });
  try {
    await Promise.race([answer, timeout]);
  } catch (cause) {
    const reason = cause instanceof AggregateError ? cause.errors[0] : cause;
    const text = reason instanceof Error ? reason.message.split('\n')[0] : String(reason);
    throw new ConfigError(`${variable} names ${new URL(url).host}, which cannot be used: ${text}`);
  }
}
