import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import { freePort } from '#libs/embedded';
import { connectRedis, INGEST_GROUP, keys } from '#libs/redis';
import { type TestDatabase, type TestRedis, testDatabase, testRedis, usageEvent } from '#libs/testing';
import { type AppProcess, startApp } from './processes.js';

let server: TestDatabase;
let redisServer: TestRedis;
let database: Database;
let redis: ReturnType<typeof connectRedis>;
let organizationId: string;
const started: AppProcess[] = [];
const own = { TOLLGATE_MASTER_KEY: randomBytes(32).toString('base64'), TOLLGATE_DATA_DIR: '' };

beforeEach(async () => {
  own.TOLLGATE_DATA_DIR = await mkdtemp(join(tmpdir(), 'tollgate-worker-'));
  [server, redisServer] = await Promise.all([testDatabase(), testRedis()]);
  database = createDatabase(server.url);
  redis = connectRedis(redisServer.url, { name: 'spec', patience: 'wait' });
  organizationId = uuidv7();
  await database.prisma.organization.create({
    data: { id: organizationId, slug: 'acme', name: 'Acme', wrappedDataKey: 'k' },
  });
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((app) => app.kill()));
  redis.disconnect();
  await database.close();
  await Promise.all([server.stop(), redisServer.stop(), rm(own.TOLLGATE_DATA_DIR, { recursive: true, force: true })]);
});

async function start(): Promise<AppProcess> {
  const env = { DATABASE_URL: server.url, REDIS_URL: redisServer.url, WORKER_PORT: '0', ...own };
  const app = await startApp('worker', env);
  started.push(app);
  return app;
}

/** In one transaction, so that a waiting worker reads all of them at once. */
async function emit(count: number): Promise<void> {
  const sending = redis.multi();
  for (let sent = 0; sent < count; sent++)
    sending.xadd(keys.usage(organizationId), '*', 'event', JSON.stringify(usageEvent({ organizationId })));
  await sending.exec();
}

async function emitUntil(signal: AbortSignal): Promise<number> {
  let sent = 0;
  for (; !signal.aborted; sent++) {
    await emit(1);
    await delay(2);
  }
  return sent;
}

const recorded = (): Promise<number> => database.prisma.usageRecord.count({ where: { organizationId } });

const eventually = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 50 });

const drained = (): Promise<void> =>
  eventually(async () => {
    expect(await redis.xlen(keys.usage(organizationId))).toBe(0);
    expect(await redis.xpending(keys.usage(organizationId), INGEST_GROUP)).toEqual([0, null, null, null]);
  });

describe('the worker process', () => {
  it('killed between the commit and the acknowledgement loses no record and doubles none', async () => {
    const first = await start();
    // Holds the insert back until Redis is stopped: the acknowledgement that follows the commit cannot reach it.
    const lock = await database.pool.connect();
    try {
      await lock.query('BEGIN');
      await lock.query('LOCK TABLE usage_rollup_pending IN ACCESS EXCLUSIVE MODE');
      await emit(20);
      await eventually(async () => {
        const [pending] = await redis.xpending(keys.usage(organizationId), INGEST_GROUP);
        expect(pending).toBe(20);
      });
      process.kill(redisServer.pid, 'SIGSTOP');
      await lock.query('COMMIT');
      await eventually(async () => expect(await recorded()).toBe(20));
      await first.kill();
    } finally {
      process.kill(redisServer.pid, 'SIGCONT');
      lock.release(true);
    }
    expect(await redis.xlen(keys.usage(organizationId))).toBe(20);

    await start();
    await drained();
    expect(await recorded()).toBe(20);
  }, 60_000);

  it('killed at any moment under load, again and again, records every event exactly once', async () => {
    const load = new AbortController();
    const emitting = emitUntil(load.signal);
    try {
      for (let kills = 0; kills < 3; kills++) {
        const worker = await start();
        const before = await recorded();
        await eventually(async () => expect(await recorded()).toBeGreaterThan(before));
        await worker.kill();
      }
    } finally {
      load.abort();
    }
    const sent = await emitting;
    await start();
    await drained();
    expect(await recorded()).toBe(sent);
  }, 120_000);

  it('asked to stop finishes what it has in hand, leaves the group and ends with 0', async () => {
    const worker = await start();
    await emit(50);
    await eventually(async () => expect(await recorded()).toBeGreaterThan(0));
    expect(await worker.stop()).toBe(0);
    const left = await redis.xpending(keys.usage(organizationId), INGEST_GROUP);
    expect(left).toEqual([0, null, null, null]);
    expect(await redis.xinfo('CONSUMERS', keys.usage(organizationId), INGEST_GROUP)).toEqual([]);
  }, 60_000);

  it.each([
    ['DATABASE_URL', async () => ({})],
    ['REDIS_URL', async () => ({ DATABASE_URL: server.url, REDIS_URL: `redis://127.0.0.1:${await freePort()}` })],
    ['WORKER_PORT', async () => ({ DATABASE_URL: server.url, REDIS_URL: redisServer.url, WORKER_PORT: 'x' })],
    [
      'WORKER_PORT',
      async () => ({
        DATABASE_URL: server.url,
        REDIS_URL: redisServer.url,
        WORKER_PORT: new URL(redisServer.url).port,
      }),
    ],
  ])(
    'wrongly configured ends with one line that names %s',
    async (variable, settings) => {
      const child = spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
        env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...own, ...(await settings()) },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const [written, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      expect(code).toBe(1);
      expect(written).toMatch(new RegExp(`^tollgate worker: ${variable} [^\\n]+\\n$`));
    },
    60_000,
  );
});
