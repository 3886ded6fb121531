import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faulty, type Harness, route, startHarness, until } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());
beforeEach(() => harness.simulator.reset());

const shadow = { shadow: { model: 'claude', share: 1 } };
const eventsOf = async (response: Response) => {
  const requestId = response.headers.get('x-request-id');
  return (await harness.events()).filter((event) => event.requestId === requestId);
};
const copied = async (response: Response) => {
  await until(async () => (await eventsOf(response)).length === 2);
  const events = await eventsOf(response);
  return {
    own: events.find(({ surface }) => surface !== 'shadow')!,
    copy: events.find(({ surface }) => surface === 'shadow')!,
  };
};

describe('shadow traffic', () => {
  it.each([false, true])(
    'is recorded and paid as a call of its own, with the caller’s identity (stream: %s)',
    async (stream) => {
      await harness.configure({ routes: [route('fast', ['gpt'], shadow)] });
      const response = await harness.chat({ stream }, { 'x-tollgate-tags': 'a=b' });
      expect(response.headers.get('x-tollgate-model')).toBe('gpt');
      await response.text();
      const { own, copy } = await copied(response);
      expect(own).toMatchObject({ surface: 'openai-chat', model: 'gpt', attempts: [{ model: 'gpt', outcome: 'ok' }] });
      expect(copy).toMatchObject({
        model: 'claude',
        route: 'fast',
        service: 'app',
        tags: { a: 'b' },
        status: 200,
        stream,
      });
      expect(copy.callId).not.toBe(own.callId);
      expect(BigInt(copy.costNanoUsd)).toBeGreaterThan(0n);
    },
  );

  it('copies what is not chat too, but not what is free', async () => {
    const embedding = (slug: string) => ({ ...faulty(slug, ''), upstreamModel: 'text-embedding-3-small' });
    await harness.configure({
      models: [embedding('one'), embedding('two'), ...harness.defaults.models],
      routes: [route('fast', ['one'], { shadow: { model: 'two', share: 1 } }), route('free', ['claude'], shadow)],
    });
    const post = (path: string, body: object) =>
      fetch(harness.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const response = await post('/v1/embeddings', { model: 'fast', input: 'some words' });
    expect([response.status, response.headers.get('x-tollgate-model')]).toEqual([200, 'one']);
    await response.text();
    const { own, copy } = await copied(response);
    expect(copy).toMatchObject({ model: 'two', status: 200, tokens: own.tokens, costNanoUsd: own.costNanoUsd });
    const counted = await post('/v1/messages/count_tokens', {
      model: 'free',
      messages: [{ role: 'user', content: 'x' }],
    });
    expect(counted.status).toBe(200);
    await harness.idle();
    expect(await eventsOf(counted)).toHaveLength(1);
  });

  it('never affects the caller: neither its failure nor the rate limits', async () => {
    const limit = { id: 'l', scope: {}, requestsPerMinute: 2, tokensPerMinute: null, maxConcurrency: 1 };
    await harness.configure({
      models: [...harness.defaults.models, faulty('broken', 'status=500')],
      routes: [route('fast', ['gpt'], { shadow: { model: 'broken', share: 1 } })],
      rateLimits: [limit],
    });
    for (let i = 0; i < 2; i++) {
      const response = await harness.chat();
      expect(response.status).toBe(200);
      const { copy } = await copied(response);
      expect(copy).toMatchObject({ status: 502, costNanoUsd: '0' });
    }
  });

  it('does not leave the region, and a model that cannot take the call is not asked', async () => {
    const european = { ...harness.defaults.models[0]!, region: 'eu-west-1' };
    const [, claude] = harness.defaults.models;
    for (const model of [claude!, { ...claude!, region: 'eu', limits: { contextTokens: 1 } }]) {
      await harness.configure({
        models: [european, model],
        routes: [route('fast', ['gpt'], { ...shadow, residency: ['eu'] })],
      });
      const response = await harness.chat();
      expect(response.status).toBe(200);
      await harness.idle();
      expect(await eventsOf(response)).toHaveLength(1);
    }
    expect((await harness.simulator.calls()).map(({ provider }) => provider)).toEqual(['openai', 'openai']);
  });

  it('is not sent for what the cache answered, and its own answer is not kept', async () => {
    await harness.configure({ routes: [route('fast', ['gpt'], { ...shadow, cache: { ttlSeconds: 60 } })] });
    const question = { messages: [{ role: 'user', content: 'shadowed?' }] };
    await copied(await harness.chat(question));
    await until(async () => (await harness.redis.keys('*:cache:*')).length === 1);
    const second = await harness.chat(question);
    expect(second.headers.get('x-tollgate-cache')).toBe('hit');
    expect(second.headers.get('x-tollgate-model')).toBe('gpt');
    await harness.idle();
    expect(await eventsOf(second)).toHaveLength(1);
  });
});

describe('residency', () => {
  it('of the organization binds every route, and answers of models outside are not taken from the cache', async () => {
    const cache = { cache: { ttlSeconds: 60 } };
    const question = { messages: [{ role: 'user', content: 'resident?' }] };
    await harness.configure({ routes: [route('fast', ['gpt'], cache)] });
    expect((await harness.chat(question)).status).toBe(200);
    await until(async () => (await harness.redis.keys('*:cache:*')).length > 0);
    await harness.configure({ routes: [route('fast', ['gpt'], cache)], residency: ['eu'] });
    const refused = await harness.chat(question);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'residency_violation' } });

    const [gpt, claude] = harness.defaults.models;
    await harness.configure({
      models: [gpt!, { ...claude!, region: 'eu' }],
      routes: [route('fast', ['gpt', 'claude'], cache)],
      residency: ['eu'],
    });
    const answered = await harness.chat(question);
    expect(answered.headers.get('x-tollgate-cache')).toBe('miss');
    expect(answered.headers.get('x-tollgate-model')).toBe('claude');
  });
});
