import { Redis } from 'ioredis';

/**
 * `fail-fast` is for the call path: a command fails at once while Redis is away, and after `commandTimeoutMs` when it does
 * not answer. `wait` is for work that nobody waits for: commands queue until Redis is back.
 */
export type Patience = 'fail-fast' | 'wait';

export interface RedisOptions {
  /** Shown in CLIENT LIST: `gateway`, `worker`, … */
  readonly name: string;
  readonly patience: Patience;
  /** How long a `fail-fast` command may stay unanswered, milliseconds. Default 1000. */
  readonly commandTimeoutMs?: number;
  /** Told once per outage, with the first error. */
  readonly onLost?: (error: Error) => void;
  /** Told each time that the connection is ready, the first time included. */
  readonly onReady?: () => void;
}

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 1_000;
const BACKOFF_FIRST_MS = 50;
const BACKOFF_LAST_MS = 1_000;

/** Wait before reconnecting: doubles up to a second, and varies so that a fleet does not come back in step. */
function backoffMs(attempt: number): number {
  const ceiling = Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(attempt - 1, 10), BACKOFF_LAST_MS);
  return Math.round(ceiling * (0.5 + Math.random() / 2));
}

/**
 * A connection to Redis or Valkey that keeps trying to reconnect until it is closed with `quit` or `disconnect`.
 * `url`: `redis://[user:password@]host:port[/db]`, `rediss://` for TLS. Returns at once; the first `fail-fast` commands
 * must wait for `ready(redis)`.
 */
export function connectRedis(url: string, options: RedisOptions): Redis {
  const failFast = options.patience === 'fail-fast';
  const redis = new Redis(url, {
    connectionName: `tollgate-${options.name}`,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: backoffMs,
    enableAutoPipelining: true,
    enableOfflineQueue: !failFast,
    autoResendUnfulfilledCommands: !failFast,
    maxRetriesPerRequest: failFast ? 0 : null,
    ...(failFast && { commandTimeout: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS }),
  });
  announce(redis, options);
  return redis;
}

/** Resolves when commands will be sent; rejects when the connection is closed before that. */
export async function ready(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const settle = (done: () => void) => () => {
      redis.off('ready', onReady);
      redis.off('end', onEnd);
      done();
    };
    const onReady = settle(resolve);
    const onEnd = settle(() => reject(new Error('the connection to Redis was closed')));
    redis.once('ready', onReady);
    redis.once('end', onEnd);
  });
}

/** ioredis emits an error per reconnection attempt, and an `error` without listener ends the process. */
function announce(redis: Redis, options: RedisOptions): void {
  let lost = false;
  redis.on('error', (error: Error) => {
    if (lost) return;
    lost = true;
    options.onLost?.(error);
  });
  redis.on('reconnecting', () => {
    if (lost) return;
    lost = true;
    options.onLost?.(new Error('Redis closed the connection'));
  });
  redis.on('ready', () => {
    lost = false;
    options.onReady?.();
  });
}
