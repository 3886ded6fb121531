import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestRedis, testRedis } from '#libs/testing';
import { connectRedis, listen, ready } from './index.js';

let server: TestRedis;
beforeAll(async () => {
  server = await testRedis();
});
afterAll(() => server.stop());

it('a subscription is there again after the connection broke, and a refused one is told and ends nothing', async () => {
  const redis = connectRedis(server.url, { name: 'spec', patience: 'wait' });
  const subscription = connectRedis(server.url, { name: 'spec-listener', patience: 'wait' });
  const [heard, refused]: [string[], unknown[]] = [[], []];
  listen(
    subscription,
    'news',
    (message) => heard.push(message),
    (error) => refused.push(error),
  );
  const listeners = async (): Promise<unknown> => (await redis.pubsub('NUMSUB', 'news'))[1];
  const cutOff = () => redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  try {
    await ready(subscription);
    await vi.waitFor(async () => expect(await listeners()).toBe(1));
    await cutOff();
    await vi.waitFor(async () => expect(await listeners()).toBe(1), 10_000);
    await redis.publish('news', 'back');
    await vi.waitFor(() => expect(heard).toEqual(['back']));

    await redis.acl('SETUSER', 'default', '-subscribe');
    await cutOff();
    await vi.waitFor(() => expect(String(refused[0])).toContain('NOPERM'), 10_000);
    expect(await subscription.ping()).toBe('PONG');

    await redis.acl('SETUSER', 'default', '+subscribe');
    subscription.disconnect(true);
    await vi.waitFor(async () => expect(await listeners()).toBe(1), 10_000);
  } finally {
    redis.disconnect();
    subscription.disconnect();
  }
});
