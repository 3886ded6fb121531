import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestRedis, testRedis } from '#libs/testing';
import { type CachedAnswer, cacheKey, ExactCache } from './index.js';

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await testRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const answer: CachedAnswer = {
  model: 'mini',
  storedAtMs: 1,
  response: {
    id: 'a',
    model: 'gpt',
    choices: [{ index: 0, parts: [{ type: 'text', text: 'é'.repeat(500) }], finish: { reason: 'stop', raw: 'stop' } }],
  },
};

describe('the exact cache', () => {
  it('gives back what it was given, to the same organization only', async () => {
    const cache = new ExactCache(redis);
    await cache.put('one', 'hash', answer, 60);
    expect(await cache.get('one', 'hash')).toEqual(answer);
    expect(await cache.get('other', 'hash')).toBeNull();
  });
  it('forgets after its time, and does not take what is too large', async () => {
    await new ExactCache(redis).put('one', 'short', answer, 60);
    expect(await redis.pttl('{one}:cache:short')).toBeGreaterThan(0);
    await new ExactCache(redis, 10).put('one', 'large', answer, 60);
    expect(await redis.exists('{one}:cache:large')).toBe(0);
  });
});

describe('the key of a question', () => {
  const question = { requestedModel: 'fast', scope: 's', request: { a: 1, b: [{ c: 2, d: 3 }] } };
  it('does not depend on the order of fields', () => {
    expect(cacheKey({ request: { b: [{ d: 3, c: 2 }], a: 1 }, scope: 's', requestedModel: 'fast' })).toBe(
      cacheKey(question),
    );
  });
  it('differs with anything that changes the answer or who may share it', () => {
    const others = [
      { ...question, scope: 't' },
      { ...question, requestedModel: 'smart' },
      { ...question, request: { ...question.request, a: 2 } },
    ];
    expect(new Set([question, ...others].map(cacheKey)).size).toBe(4);
  });
});
