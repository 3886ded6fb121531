import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedError, tail } from './embedded-error.js';
import { run } from './run.js';
import { onPath } from './service-user.js';

/** How to run a Redis server: its program and the environment it needs. */
export interface RedisRuntime {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** redis-server of Debian and Ubuntu with every library it loads that a bare system may lack. */
const DEBIAN_PACKAGES = [
  'redis-server',
  'redis-tools',
  'libjemalloc2',
  'liblzf1',
  'liblua5.1-0',
  'libhiredis0.14',
  'lua-cjson',
  'lua-bitop',
];

/**
 * Finds a Redis (or Valkey) server: one on PATH; else, on Debian and Ubuntu, the distribution's package unpacked into
 * `<directory>/redis` (about 1.5 MB, no root, nothing installed). Throws EmbeddedError with what to install otherwise.
 */
export async function redisRuntime(directory: string, onProgress: (line: string) => void): Promise<RedisRuntime> {
  const installed = onPath('redis-server') ?? onPath('valkey-server');
  if (installed !== null) return { file: installed, env: {} };
  const unpacked = join(directory, 'redis');
  if (!existsSync(unpacked)) {
    if (onPath('apt-get') === null || onPath('dpkg') === null) throw new EmbeddedError(whatToInstall());
    onProgress('Fetching a Redis server (1.5 MB, once)');
    await unpackDebian(unpacked);
  }
  return unpackedRuntime(unpacked);
}

async function unpackDebian(target: string): Promise<void> {
  const draft = `${target}.${process.pid}`;
  const packages = join(draft, 'packages');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(packages, { recursive: true });
  try {
    await download(packages);
    for (const file of readdirSync(packages)) {
      const { code, output } = await run('dpkg', ['-x', join(packages, file), draft]);
      if (code !== 0) throw new EmbeddedError(`${whatToInstall()} (dpkg: ${tail(output)})`);
    }
    rmSync(packages, { recursive: true });
    if (!existsSync(target)) renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A fresh system has no package lists; refreshing them needs root, downloading does not. */
async function download(directory: string): Promise<void> {
  const fetchPackages = () => run('apt-get', ['download', '-q', ...DEBIAN_PACKAGES], { cwd: directory });
  let result = await fetchPackages();
  if (result.code !== 0) {
    await run('apt-get', ['update', '-q']);
    result = await fetchPackages();
  }
  if (result.code !== 0) throw new EmbeddedError(`${whatToInstall()} (apt-get: ${tail(result.output, 1)})`);
}

function unpackedRuntime(root: string): RedisRuntime {
  const libraries = join(root, 'usr/lib');
  const triplet = readdirSync(libraries).find((name) => name.includes('-linux-'));
  const path = triplet === undefined ? libraries : join(libraries, triplet);
  const server = join(root, 'usr/bin/redis-server');
  // redis-server itself is a link to redis-check-rdb in Debian's packages: it decides by the name it is called by.
  return { file: server, env: { LD_LIBRARY_PATH: path } };
}

function whatToInstall(): string {
  const how =
    process.platform === 'darwin' ? 'brew install redis' : 'apt-get install redis-server, or your system’s package';
  return `No Redis server was found: install one (${how}), or set REDIS_URL to one that runs.`;
}
