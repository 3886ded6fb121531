import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { didNotStart } from './embedded-error.js';
import { freePort } from './free-port.js';
import type { Guard } from './guard.js';
import { stopLeftover } from './leftover.js';
import { redisRuntime } from './redis-runtime.js';
import { retryUntil } from './retry-until.js';
import { secretFile } from './secret-file.js';

/** Loading a large append-only file takes time; until then the server answers LOADING. */
const READY_MS = 120_000;
const STOP_MS = 15_000;

export interface RedisOptions {
  readonly dataDir: string;
  /** Where a server is unpacked when the system has none. */
  readonly runtimeDir: string;
  readonly onProgress: (line: string) => void;
}

/** Starts Redis on `<dataDir>/redis` under the guard: loopback only, with a password, append-only file synced each second. */
export async function startRedis(options: RedisOptions, guard: Guard): Promise<string> {
  const runtime = await redisRuntime(options.runtimeDir, options.onProgress);
  const directory = join(options.dataDir, 'redis');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const password = secretFile(join(options.dataDir, 'redis.password'));
  const pidFile = join(directory, 'redis.pid');
  const configuration = join(directory, 'redis.conf');
  // The command line that Redis shows ends in its address; the pid file names the port it was given.
  await stopLeftover({ pidFile, mark: formerAddress(configuration), signal: 'SIGTERM', patienceMs: STOP_MS });

  const port = await freePort();
  writeFileSync(configuration, configure({ directory, password, port, pidFile }), { mode: 0o600 });
  const logFile = join(options.dataDir, 'logs', 'redis.log');
  guard.start({
    name: 'redis',
    file: runtime.file,
    args: [configuration],
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', ...runtime.env },
    logFile,
    stopSignal: 'SIGTERM',
    patienceMs: STOP_MS,
  });
  const url = `redis://:${password}@127.0.0.1:${port}`;
  try {
    await guard.whileStarting('redis', (signal) => retryUntil(READY_MS, signal, () => ping(url)));
  } catch (cause) {
    throw didNotStart('Redis', logFile, cause);
  }
  return url;
}

/** Redis rewrites its process title to `redis-server 127.0.0.1:<port>`; an impossible one when it never ran here. */
function formerAddress(configuration: string): string {
  const port = existsSync(configuration) ? /^port (\d+)$/m.exec(readFileSync(configuration, 'utf8'))?.[1] : undefined;
  return `127.0.0.1:${port ?? 'none'}`;
}

interface Settings {
  readonly directory: string;
  readonly password: string;
  readonly port: number;
  readonly pidFile: string;
}

function configure({ directory, password, port, pidFile }: Settings): string {
  return `${[
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${directory}"`,
    `pidfile "${pidFile}"`,
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    // A record that was cut by a crash at the very end of the file is dropped, and the server starts.
    'aof-load-truncated yes',
    'save ""',
    // Limits, budgets and undelivered usage must never be evicted to make room.
    'maxmemory-policy noeviction',
  ].join('\n')}\n`;
}

/** Resolves when the server answers and has loaded its data. */
async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
