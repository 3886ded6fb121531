import { Cluster, Redis } from 'ioredis';

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
 * A connection to Redis or Valkey that keeps trying to reconnect until it is closed with `quit` or `disconnect`. `url` is
 * `redis://[user:password@]host:port[/db]`, `rediss://` with TLS, or a Redis Cluster:
 * `redis-cluster://[user:password@]host:port[,host:port…]`, `rediss-cluster://` with TLS, where some of the nodes are enough.
 * Returns at once; the first `fail-fast` commands must wait for `ready(redis)`.
 */
export function connectRedis(url: string, options: RedisOptions): Redis {
  const failFast = options.patience === 'fail-fast';
  const redis = open(url, {
    connectionName: `tollgate-${options.name}`,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: backoffMs,
    enableAutoPipelining: true,
    enableOfflineQueue: !failFast,
    autoResendUnfulfilledCommands: !failFast,
    autoResubscribe: false,
    maxRetriesPerRequest: failFast ? 0 : null,
    ...(failFast && { commandTimeout: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS }),
  });
  announce(redis, options);
  return redis;
}

/** How patient BullMQ's commands are; null: for ever. */
interface QueueSettings {
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest: number | null;
}

/** ioredis's settings that we make. */
interface ClientSettings extends QueueSettings {
  readonly connectionName?: string;
  readonly connectTimeout?: number;
  readonly retryStrategy?: (attempt: number) => number;
  readonly enableAutoPipelining?: boolean;
  readonly autoResendUnfulfilledCommands?: boolean;
  readonly autoResubscribe?: boolean;
  readonly commandTimeout?: number;
}

const CLUSTER = /^redis(s?)-cluster:\/\/(?:([^@]*)@)?([^/]+)/;

/** A Redis or, behind the same commands, a Cluster: nothing of ours uses what only one of them has. */
function open(url: string, options: ClientSettings): Redis {
  const [, tls, user, nodes] = CLUSTER.exec(url) ?? [];
  if (nodes === undefined) return new Redis(url, options);
  const { enableAutoPipelining, enableOfflineQueue, retryStrategy: _single, ...each } = options;
  const [username, password] = (user ?? '').split(':').map(decodeURIComponent);
  const cluster = new Cluster(
    nodes
      .split(',')
      .map((node) => new URL(`redis://${node}`))
      .map(({ hostname, port }) => ({ host: hostname, port: Number(port || 6379) })),
    {
      ...(enableAutoPipelining !== undefined && { enableAutoPipelining }),
      ...(enableOfflineQueue !== undefined && { enableOfflineQueue }),
      clusterRetryStrategy: backoffMs,
      // A node that moves a slot, or dies, is asked about elsewhere this often before a command fails.
      maxRedirections: 5,
      retryDelayOnFailover: 100,
      redisOptions: { ...each, ...(tls && { tls: {} }), ...(username && { username }), ...(password && { password }) },
    },
  );
  return cluster as unknown as Redis;
}

/**
 * What BullMQ connects with: it opens single servers itself, and several connections to each; of a Cluster it takes one that is
 * open, and copies it.
 */
export function queueConnection<T extends QueueSettings>(
  url: string,
  settings: T,
): Redis | (T & { readonly url: string }) {
  return CLUSTER.test(url) ? open(url, settings) : { url, ...settings };
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

/**
 * Listens to `channel` on a connection that is for subscriptions, now and whenever it is back. What is said meanwhile is
 * missed, and so is everything while Redis refuses the subscription, which `onError` is told. ioredis would subscribe again
 * by itself, but a refusal then (Redis still loads its data, an ACL forbids it) has no listener and ends the process.
 */
export function listen(
  subscription: Redis,
  channel: string,
  onMessage: (message: string) => void,
  onError: (error: unknown) => void,
): void {
  const subscribe = (): void => void subscription.subscribe(channel).catch(onError);
  subscription.on('message', (from: string, message: string) => {
    if (from === channel) onMessage(message);
  });
  subscription.on('ready', subscribe);
  if (subscription.status === 'ready') subscribe();
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
