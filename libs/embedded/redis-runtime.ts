import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebianRedis } from './debian-redis.js';
import { EmbeddedError } from './embedded-error.js';
import { onPath } from './service-user.js';

/** How to run a Redis server: its program and the environment it needs. */
export interface RedisRuntime {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a Redis (or Valkey) server: one on PATH; else, on Debian and Ubuntu, the distribution's package unpacked into
 * `<directory>/redis` (a few MB, nothing installed). Throws EmbeddedError with what to install otherwise.
 */
export async function redisRuntime(directory: string, onProgress: (line: string) => void): Promise<RedisRuntime> {
  const installed = onPath('redis-server') ?? onPath('valkey-server');
  if (installed !== null) return { file: installed, env: {} };
  const unpacked = join(directory, 'redis');
  if (!existsSync(unpacked)) {
    if (onPath('apt-get') === null || onPath('dpkg') === null) throw new EmbeddedError(whatToInstall());
    onProgress('Fetching a Redis server (once, a few MB)');
    const failure = await unpackDebianRedis(unpacked);
    // Another process may have been faster.
    if (failure !== null && !existsSync(unpacked)) throw new EmbeddedError(`${whatToInstall()} (apt: ${failure})`);
  }
  return unpackedRuntime(unpacked);
}

function unpackedRuntime(root: string): RedisRuntime {
  const directories = ['usr/lib', 'lib'].map((path) => join(root, path)).filter((path) => existsSync(path));
  const libraries = directories.flatMap((directory) => [directory, ...tripletsOf(directory)]);
  return { file: join(root, 'usr/bin/redis-server'), env: { LD_LIBRARY_PATH: libraries.join(':') } };
}

/** `x86_64-linux-gnu` and the like, where Debian keeps libraries. */
function tripletsOf(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.includes('-linux-'))
    .map((name) => join(directory, name));
}

function whatToInstall(): string {
  const how =
    process.platform === 'darwin' ? 'brew install redis' : 'apt-get install redis-server, or your system’s package';
  return `No Redis server was found: install one (${how}), or set REDIS_URL to one that runs.`;
}
