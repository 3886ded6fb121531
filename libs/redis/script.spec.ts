import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestRedis, testRedis } from '#libs/testing';
import { connectRedis, ready } from './client.js';
import { defineScript } from './script.js';

let server: TestRedis;
let redis: Redis;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tollgate-script-'));
  server = await testRedis();
  redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast' });
  await ready(redis);
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await redis.quit();
  await server.stop();
});

function luaFile(name: string, text: string): URL {
  const path = join(directory, name);
  writeFileSync(path, text);
  return pathToFileURL(path);
}

const addTo = () =>
  defineScript<{ key: string; by: number }, { total: number }>({
    files: [
      luaFile('shared.lua', 'local function add(key, by) return redis.call("INCRBY", key, by) end'),
      luaFile('add.lua', 'return add(KEYS[1], ARGV[1])'),
    ],
    keys: ({ key }) => [key],
    args: ({ by }) => [by],
    reply: (raw) => ({ total: raw as number }),
  });

test('files are joined, keys and arguments passed, and the reply decoded', async () => {
  const add = addTo();
  expect(await add(redis, { key: 'a', by: 2 })).toEqual({ total: 2 });
  expect(await add(redis, { key: 'a', by: 3 })).toEqual({ total: 5 });
});

test('a script that the server has forgotten runs exactly once more', async () => {
  const add = addTo();
  await add(redis, { key: 'b', by: 1 });
  await redis.script('FLUSH');
  expect(await Promise.all([1, 2, 3].map(() => add(redis, { key: 'b', by: 1 })))).toHaveLength(3);
  expect(await redis.get('b')).toBe('4');
});

test("an error of the script is the caller's to handle", async () => {
  await redis.set('c', 'no number');
  await expect(addTo()(redis, { key: 'c', by: 1 })).rejects.toThrow('not an integer');
});

test('a missing file stops the process that defines the script, not a call', () => {
  const files = [new URL('./missing.lua', import.meta.url)];
  expect(() => defineScript({ files, keys: () => [], args: () => [], reply: String })).toThrow('missing.lua');
});
