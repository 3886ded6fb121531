import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#libs/embedded';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { startApp } from './processes.js';

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  database = await testDatabase();
  redis = await testRedis();
});
afterAll(async () => {
  await redis.stop();
  await database.stop();
});

const newKey = (): string => randomBytes(32).toString('base64');
const masterKey = newKey();

function env(changes: Record<string, string> = {}): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    TOLLGATE_MASTER_KEY: masterKey,
    ADMIN_PORT: '0',
    TOLLGATE_ADMIN_URL: 'http://admin.test',
    LOG_LEVEL: 'silent',
    ...changes,
  };
}

/** What the admin app wrote when it refused to start: everything, so that it is known to be one line. */
const refusal = (changes: Record<string, string>): Promise<string> =>
  startApp('admin', env(changes)).then(
    async (app) => {
      await app.stop();
      return 'it started';
    },
    (cause: Error) => cause.message,
  );

const ONE_LINE = /^(?:oidc-provider WARNING.*\n)?tollgate admin: [^\n]+$/;

describe('the admin process', () => {
  it('tells its parent its port, answers, and ends with code 0 when asked to', async () => {
    const app = await startApp('admin', env());
    expect((await fetch(`http://127.0.0.1:${app.port}/health/ready`)).status).toBe(200);
    expect(await app.stop()).toBe(0);
  });

  it.concurrent.each([
    ['a variable that is wrong', () => ({ ADMIN_PORT: 'eighty' }), /ADMIN_PORT/],
    ['a master key that is none', () => ({ TOLLGATE_MASTER_KEY: 'short' }), /TOLLGATE_MASTER_KEY/],
    [
      'a Postgres that is away',
      async () => ({ DATABASE_URL: `postgres://u:secret@127.0.0.1:${await freePort()}/x` }),
      /DATABASE_URL/,
    ],
    ['a Redis that is away', async () => ({ REDIS_URL: `redis://:secret@127.0.0.1:${await freePort()}` }), /REDIS_URL/],
  ] as const)('refuses to start with one line for %s', async (_, changes, names) => {
    const written = await refusal(await changes());
    expect(written).toMatch(ONE_LINE);
    expect(written).toMatch(names);
    expect(written).not.toContain('secret@');
  });

  it('refuses to start with another master key than its data was written with', async () => {
    await (await startApp('admin', env())).stop();
    const written = await refusal({ TOLLGATE_MASTER_KEY: newKey() });
    expect(written).toMatch(ONE_LINE);
    expect(written).toContain('TOLLGATE_MASTER_KEY');
  });

  it('refuses to start on a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const written = await refusal({ ADMIN_PORT: String(port) });
    other.close();
    expect(written).toMatch(ONE_LINE);
    expect(written).toContain(`ADMIN_PORT ${port} is taken`);
  });
});
