import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Embedded, startEmbedded } from './embedded.js';
import { isAlive, readPid, waitForExit } from './leftover.js';
import { redisRuntime } from './redis-runtime.js';
import { retryUntil } from './retry-until.js';

const CACHE = resolve('node_modules/.cache/tollgate');
const NEVER = new AbortController().signal;

async function sql<T extends pg.QueryResultRow>(url: string | null, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url ?? '' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

async function redis<T>(url: string | null, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url ?? '');
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

describe('embedded services', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tollgate-embedded-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  // Not durable: killed processes lose nothing that they have handed to the system, and a test machine keeps its power.
  const start = (more: { postgres?: boolean; redis?: boolean; dataDir?: string } = {}): Promise<Embedded> =>
    startEmbedded({ dataDir, runtimeDir: CACHE, postgres: true, redis: true, durable: false, ...more });

  it('what was written is there after a restart, in both servers', async () => {
    const first = await start();
    await sql(first.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await redis(first.redisUrl, (client) => client.set('kept', 'yes'));
    await first.stop();
    await using second = await start();
    expect(await sql(second.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await redis(second.redisUrl, (client) => client.get('kept'))).toBe('yes');
  });

  it('stopping leaves no process and no pid file', async () => {
    const services = await start();
    const pids = ['postgres/postmaster.pid', 'redis/redis.pid', 'guardian.pid'].map((name) =>
      readPid(join(dataDir, name)),
    );
    await services.stop();
    for (const pid of pids) expect(isAlive(pid ?? 0)).toBe(false);
    expect(existsSync(join(dataDir, 'guardian.pid'))).toBe(false);
  });

  it('after kill -9 of the guardian the next start stops what it left running and keeps the data', async () => {
    const lost = await start();
    await sql(lost.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const guardian = readPid(join(dataDir, 'guardian.pid')) ?? 0;
    const orphans = [readPid(join(dataDir, 'postgres/postmaster.pid')), readPid(join(dataDir, 'redis/redis.pid'))];
    process.kill(guardian, 'SIGKILL');
    await waitForExit(guardian, 5000);
    await using found = await start();
    for (const orphan of orphans) expect(await waitForExit(orphan ?? 0, 5000)).toBe(true);
    expect(await sql(found.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('after kill -9 of everything the next start recovers', async () => {
    const lost = await start();
    await sql(lost.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    for (const name of ['guardian.pid', 'postgres/postmaster.pid', 'redis/redis.pid'])
      process.kill(readPid(join(dataDir, name)) ?? 0, 'SIGKILL');
    await using found = await start();
    expect(await sql(found.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('a stale pid file that names a stranger harms neither the stranger nor the start', async () => {
    await (await start({ redis: false })).stop();
    writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${join(dataDir, 'elsewhere')}\n0\n1\n`);
    writeFileSync(join(dataDir, 'guardian.pid'), `${process.pid}\n${process.pid}\n`);
    await using _services = await start({ redis: false });
    expect(isAlive(process.pid)).toBe(true);
  });

  it('one data directory is used by one Tollgate at a time', async () => {
    await using _first = await start({ postgres: false });
    await expect(start({ postgres: false })).rejects.toThrow(
      /Another Tollgate \(process \d+\) runs on this data directory/,
    );
  });

  it('a server that is killed comes back at the same address with its data', async () => {
    await using services = await start({ redis: false });
    await sql(services.databaseUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(readPid(join(dataDir, 'postgres/postmaster.pid')) ?? 0, 'SIGKILL');
    await retryUntil(20_000, NEVER, async () => {
      expect(await sql(services.databaseUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    });
  });

  it('both servers ask for a password, and the files that hold it are closed to others', async () => {
    await using services = await start();
    const database = new URL(services.databaseUrl ?? '');
    database.password = 'guess';
    await expect(sql(database.toString(), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    const stranger = new Redis(Number(new URL(services.redisUrl ?? '').port), '127.0.0.1');
    stranger.on('error', () => {});
    await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/);
    stranger.disconnect();
    for (const name of ['postgres.password', 'redis.password', 'redis/redis.conf'])
      expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
  });

  it.runIf(process.getuid?.() === 0)('runs as root below a directory that only root may enter', async () => {
    const home = join(dataDir, 'home');
    mkdirSync(home);
    chmodSync(home, 0o700);
    const runtimeDir = join(home, 'runtime');
    await using services = await startEmbedded({
      dataDir: join(home, 'data'),
      runtimeDir,
      postgres: true,
      redis: false,
    });
    expect(await sql(services.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a lost password file is one line, at once', async () => {
    await (await start({ redis: false })).stop();
    rmSync(join(dataDir, 'postgres.password'));
    await expect(start({ redis: false })).rejects.toThrow(/^Embedded Postgres did not start: its password is not/);
  });

  it('a data directory that cannot be made is one line', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expect(start({ dataDir: join(file, 'data') })).rejects.toThrow(
      /^The data directory .*file\/data cannot be used: ENOTDIR[^\n]*$/,
    );
  });

  it('without a Redis server and without a package tool the error says what to install', async () => {
    vi.stubEnv('PATH', dataDir);
    await expect(redisRuntime(join(dataDir, 'runtime'), () => {})).rejects.toThrow(
      /^No Redis server was found: install/,
    );
    vi.unstubAllEnvs();
  });
});
