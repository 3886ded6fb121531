import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUES } from '#libs/messages';
import { keys, QUEUE_PREFIX } from '#libs/redis';
import { localMasterKey, masterKeyRing } from '#libs/vault';
import { type CallOutcome, chat } from './load.js';
import { type AppProcess, startApp } from './processes.js';
import { type Stack, startStack, until } from './stack.js';

const CALLS = 500;
const CALLS_PER_SECOND = 50;
const OTHER_ORGANIZATIONS = 20;
const [oldBytes, nextBytes] = [randomBytes(32), randomBytes(32)];
const [old, next] = [localMasterKey(oldBytes), localMasterKey(nextBytes)];
const bothKeys = {
  TOLLGATE_MASTER_KEY: oldBytes.toString('base64'),
  TOLLGATE_MASTER_KEY_NEXT: nextBytes.toString('base64'),
};

let stack: Stack;
let postgres: pg.Client;
let redis: Redis;
const started: AppProcess[] = [];
beforeAll(async () => {
  stack = await startStack({ env: { ...bothKeys, LOG_LEVEL: 'info' } });
  await stack.apps.worker.kill();
  postgres = new pg.Client({ connectionString: stack.databaseUrl });
  await postgres.connect();
  redis = new Redis(stack.redisUrl);
}, 120_000);
afterAll(async () => {
  await Promise.all(started.map((app) => app.kill()));
  redis?.disconnect();
  await postgres?.end();
  await stack?.[Symbol.asyncDispose]();
});

async function start(name: 'worker' | 'gateway', env: Readonly<Record<string, string>>): Promise<AppProcess> {
  const { databaseUrl, redisUrl, dataDir } = stack;
  const shared = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, TOLLGATE_DATA_DIR: dataDir, WORKER_PORT: '0' };
  const app = await startApp(name, { ...shared, ...env });
  started.push(app);
  return app;
}

/** Everything as it was before anybody knew of a next master key, and the gateway serving from it. */
async function wrapAllWithTheOldKey(): Promise<void> {
  const ring = masterKeyRing(next, old);
  const rewrap = async (wrapped: string, context: string) => ring.wrap(await ring.unwrap(wrapped, context), context);
  const { rows } = await postgres.query('SELECT id, wrapped_data_key AS wrapped FROM organizations');
  for (const { id, wrapped } of rows)
    await postgres.query(
      'UPDATE organizations SET wrapped_data_key = $1, snapshot_version = snapshot_version + 1 WHERE id = $2',
      [await rewrap(wrapped, id), id],
    );
  const platform = await postgres.query(`SELECT value FROM platform_settings WHERE name = 'platform-data-key'`);
  await postgres.query(`UPDATE platform_settings SET value = to_jsonb($1::text) WHERE name = 'platform-data-key'`, [
    await rewrap(platform.rows[0].value, 'platform'),
  ]);
  await until(async () => (await inRedis()).filter((text) => text.includes(old.mark)).length === rows.length);
  await until(async () => (await onDisk()).filter((text) => text.includes(old.mark)).length === rows.length);
}

async function inRedis(): Promise<string[]> {
  const organizations = (await redis.hkeys(keys.snapshotVersions)).filter((name) => name !== 'platform');
  const texts = await Promise.all(organizations.map((id) => redis.get(keys.snapshot(id))));
  return texts.map(String);
}

async function onDisk(): Promise<string[]> {
  const directory = join(stack.dataDir, 'snapshots');
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
}

/** Tables of which a row has this text anywhere in it. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await postgres.query(`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`);
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await postgres.query(`SELECT 1 FROM "${name}" AS row WHERE position($1 in row::text) > 0`, [text]);
    if (hits.rowCount) found.push(name);
  }
  return found;
}

const stateOf = async (slug: string) =>
  (await postgres.query('SELECT id, wrapped_data_key AS wrapped FROM organizations WHERE slug = $1', [slug])).rows[0];

describe('keys change under traffic', () => {
  it('without a failed call, though the worker is killed on the way; the old master key opens nothing afterwards', async () => {
    for (let n = 1; n <= OTHER_ORGANIZATIONS; n++)
      expect((await stack.admin('POST', '/organizations', { slug: `other-${n}`, name: 'Other' })).status).toBe(201);
    await wrapAllWithTheOldKey();
    expect((await tablesWith(old.mark)).sort()).toEqual(['organizations', 'platform_settings']);

    const token = await stack.caller.token();
    const calls: Promise<CallOutcome>[] = [];
    const traffic = (async () => {
      for (let n = 0; n < CALLS; n++) {
        const options = { url: stack.gatewayUrl, token, model: 'fast', words: 3, maxTokens: 8 };
        calls.push(chat({ ...options, stream: n % 2 === 0 }));
        await delay(1000 / CALLS_PER_SECOND);
      }
    })();

    const killed = await start('worker', bothKeys);
    await until(async () => (await stateOf('acme')).wrapped.startsWith(next.mark));
    await killed.kill();
    const worker = await start('worker', bothKeys);
    const before = await stateOf('acme');
    const queue = new Queue(QUEUES.renewDataKeys, { connection: { url: stack.redisUrl }, prefix: QUEUE_PREFIX });
    await queue.add('asked', { organizationId: before.id });
    await until(async () => (await stateOf('acme')).wrapped !== before.wrapped);
    await queue.close();
    await until(async () => worker.output().includes('The master key is rotated'), 20_000);
    await traffic;

    const outcomes = await Promise.all(calls);
    expect(outcomes.filter(({ status, complete }) => status !== 200 || !complete)).toEqual([]);
    expect(outcomes).toHaveLength(CALLS);
    expect(await tablesWith(old.mark)).toEqual([]);
    expect((await inRedis()).filter((text) => !text.includes(next.mark))).toEqual([]);
    await until(async () => (await onDisk()).every((text) => !text.includes(old.mark)));
    const metrics = await (await fetch(`http://127.0.0.1:${worker.port}/metrics`)).text();
    expect(metrics).toContain('tollgate_master_key_rotation_remaining{where="stored"} 0');
    expect(metrics).toContain('tollgate_master_key_rotation_remaining{where="published"} 0');

    // The next key alone is enough from here on, the old one alone is not.
    const { TOLLGATE_MASTER_KEY_NEXT: TOLLGATE_MASTER_KEY } = bothKeys;
    const open = { GATEWAY_PORT: '0', TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true', TOLLGATE_LOOP_DELAY_MAX_MS: '60000' };
    const gateway = await start('gateway', { ...open, TOLLGATE_MASTER_KEY });
    const call = { token, model: 'fast', words: 3, maxTokens: 8, stream: false };
    expect((await chat({ ...call, url: `http://127.0.0.1:${gateway.port}` })).status).toBe(200);
    await expect(start('worker', { TOLLGATE_MASTER_KEY: bothKeys.TOLLGATE_MASTER_KEY })).rejects.toThrow(
      'another TOLLGATE_MASTER_KEY',
    );
  }, 240_000);
});
