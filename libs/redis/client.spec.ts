import type { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { testRedis } from '#libs/testing';
import { connectRedis, ready } from './client.js';

/** Not `events.once`: that rejects on the error which every failed attempt emits. */
function reconnecting(redis: Redis): Promise<void> {
  return new Promise((resolve) => redis.once('reconnecting', () => resolve()));
}

test('a fail-fast command fails at once while Redis is away, and works again after it is back', async () => {
  const first = await testRedis();
  const lost: Error[] = [];
  const redis = connectRedis(first.url, { name: 'spec', patience: 'fail-fast', onLost: (error) => lost.push(error) });
  await ready(redis);
  expect(await redis.set('a', '1')).toBe('OK');
  await first.stop();
  await reconnecting(redis);
  await expect(redis.get('a')).rejects.toThrow();
  await reconnecting(redis);
  expect(lost).toHaveLength(1);

  await using _second = await testRedis({ port: Number(new URL(first.url).port) });
  await ready(redis);
  expect(await redis.get('a')).toBeNull();
  await redis.quit();
});

test('a fail-fast command fails when Redis is there but does not answer', async () => {
  await using server = await testRedis();
  const redis = connectRedis(server.url, { name: 'spec', patience: 'fail-fast', commandTimeoutMs: 50 });
  await ready(redis);
  process.kill(server.pid, 'SIGSTOP');
  await expect(redis.get('a')).rejects.toThrow('timed out');
  process.kill(server.pid, 'SIGCONT');
  redis.disconnect();
});

test('a waiting command is sent when Redis comes back', async () => {
  const first = await testRedis();
  const redis = connectRedis(first.url, { name: 'spec', patience: 'wait' });
  await ready(redis);
  await first.stop();
  await reconnecting(redis);
  const written = redis.set('a', '1');
  await using _second = await testRedis({ port: Number(new URL(first.url).port) });
  expect(await written).toBe('OK');
  await redis.quit();
});

test('closing on purpose is not an outage, and whoever waits for the connection learns of it', async () => {
  await using server = await testRedis();
  const lost: Error[] = [];
  const redis = connectRedis(server.url, { name: 'spec', patience: 'wait', onLost: (error) => lost.push(error) });
  await ready(redis);
  await redis.quit();
  const unreachable = connectRedis('redis://127.0.0.1:1', { name: 'spec', patience: 'wait' });
  const waiting = ready(unreachable);
  unreachable.disconnect();
  await expect(waiting).rejects.toThrow('closed');
  expect(lost).toEqual([]);
});
