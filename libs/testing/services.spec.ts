import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { testDatabase, testRedis } from './services.js';

describe('test services', () => {
  it('a test database has no database of its own name when it was stopped', async () => {
    const first = await testDatabase({ migrated: false });
    await using second = await testDatabase({ migrated: false });
    await first.stop();
    const client = new pg.Client({ connectionString: second.url });
    await client.connect();
    const name = new URL(first.url).pathname.slice(1);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    await client.end();
    expect(found.rowCount).toBe(0);
  });

  it('a test Redis is empty and its own', async () => {
    await using one = await testRedis();
    await using other = await testRedis();
    const [left, right] = [new Redis(one.url), new Redis(other.url)];
    await left.set('here', '1');
    expect(await right.exists('here')).toBe(0);
    left.disconnect();
    right.disconnect();
  });
});
