import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RouteCache } from '#libs/routing';
import { CACHE_DEFAULTS } from '../src/call/cache/wish.js';
import { faulty, type Harness, ORGANIZATION, route, type SnapshotPart, startHarness, until } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());
beforeEach(() => harness.simulator.reset());
afterEach(() => harness.configure({}));

const TTL = { ttlSeconds: 60 };
const caching = (cache: RouteCache = TTL, part: SnapshotPart = {}) =>
  harness.configure({ routes: [route('fast', ['gpt'], { cache })], ...part });
let questions = 0;
const ask = (more: object = {}) => ({
  messages: [{ role: 'user', content: `question ${++questions}` }],
  ...more,
});
const cacheOf = (response: Response) => response.headers.get('x-tollgate-cache');
/** Of a call whose answer does not matter: it is read, so that its connection is free again. */
async function outcomeOf(asking: Promise<Response>): Promise<string | null> {
  const response = await asking;
  await response.arrayBuffer();
  return cacheOf(response);
}
const textOf = async (response: Response) =>
  ((await response.json()) as { choices: [{ message: { content: string } }] }).choices[0].message.content;
const upstreamCalls = async () => (await harness.simulator.calls()).length;
const stored = (count: number) =>
  until(async () => (await harness.redis.keys(`{${ORGANIZATION}}:cache:*`)).length >= count);
/** Asks once and waits until the answer is kept. */
async function primed(question: Record<string, unknown>): Promise<string> {
  const before = (await harness.redis.keys(`{${ORGANIZATION}}:cache:*`)).length;
  const response = await harness.chat(question);
  expect(cacheOf(response)).toBe('miss');
  const text = await textOf(response);
  await stored(before + 1);
  return text;
}
const lastEvent = async () => (await harness.events()).at(-1)!;

describe('an answer that was kept', () => {
  it('is the same whole or streamed, on every surface, says its age, and costs nothing', async () => {
    await caching();
    const question = ask();
    const text = await primed(question);
    const cost = BigInt((await lastEvent()).costNanoUsd);
    const again = await harness.chat(question);
    expect(cacheOf(again)).toBe('hit');
    expect(again.headers.get('age')).toMatch(/^\d+$/);
    expect(again.headers.get('x-tollgate-cost-usd')).toBe('0.00');
    expect(await textOf(again)).toBe(text);
    expect(await lastEvent()).toMatchObject({ cache: 'hit', costNanoUsd: '0', savedNanoUsd: String(cost) });

    const openai = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
    const stream = await openai.chat.completions.create({ model: 'fast', stream: true, ...question } as never);
    let streamed = '';
    for await (const chunk of stream as unknown as AsyncIterable<OpenAI.ChatCompletionChunk>)
      streamed += chunk.choices[0]?.delta.content ?? '';
    expect(streamed).toBe(text);
    const responses = await openai.responses.create({ model: 'fast', input: question.messages[0]!.content });
    expect(responses.output_text).toBe(text);
    expect(await upstreamCalls()).toBe(1);
  });

  it('on a surface that must name a limit is the answer to a question with that limit', async () => {
    await caching();
    const question = ask({ max_tokens: 200 });
    const text = await primed(question);
    const anthropic = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
    const message = await anthropic.messages
      .stream({ model: 'fast', max_tokens: 200, ...question } as never)
      .finalText();
    expect(message).toBe(text);
    expect(await upstreamCalls()).toBe(1);
  });

  it('is booked at the route’s share of what it would cost, and the rest is what it saved', async () => {
    await caching({ ...TTL, pricePercent: 25 });
    const question = ask();
    await primed(question);
    const full = BigInt((await lastEvent()).costNanoUsd);
    await outcomeOf(harness.chat(question));
    const { costNanoUsd, savedNanoUsd } = await lastEvent();
    expect(BigInt(costNanoUsd)).toBe((full * 25n + 50n) / 100n);
    expect(BigInt(costNanoUsd) + BigInt(savedNanoUsd ?? 0)).toBe(full);
  });

  it('was streamed, and is there as a whole as well', async () => {
    await caching();
    const question = ask();
    const response = await harness.chat({ ...question, stream: true });
    expect(await response.text()).toContain('[DONE]');
    await stored(1);
    const again = await outcomeOf(harness.chat(question));
    expect([again, await upstreamCalls()]).toEqual(['hit', 1]);
  });

  it('is not shared with another question, end user or scope than the route says', async () => {
    await caching({ ...TTL, scope: 'user' });
    const question = ask();
    await primed({ ...question, user: 'ann' });
    expect(await outcomeOf(harness.chat({ ...question, user: 'ann' }))).toBe('hit');
    expect(await outcomeOf(harness.chat({ ...question, user: 'bob' }))).toBe('miss');
    expect(await outcomeOf(harness.chat(question))).toBe('bypass');
    expect(await outcomeOf(harness.chat({ ...question, user: 'ann', seed: 7 }))).toBe('miss');
  });

  it('is neither looked for nor kept with no-store, and replaced with refresh', async () => {
    await caching();
    const question = ask();
    await primed(question);
    expect(await outcomeOf(harness.chat(question, { 'x-tollgate-cache': 'no-store' }))).toBe('bypass');
    expect(await outcomeOf(harness.chat(question, { 'x-tollgate-cache': 'refresh' }))).toBe('miss');
    expect(await upstreamCalls()).toBe(3);
    expect(await outcomeOf(harness.chat(question))).toBe('hit');
  });
});

it('docs/guides/caching.md names the defaults that hold', () => {
  const page = readFileSync('docs/guides/caching.md', 'utf8');
  const said = [...page.matchAll(/^\| `(\w+)` \| `(\w+)` \|/gm)].map(([, name, value]) => [name, value]);
  const { threshold, ...coded } = CACHE_DEFAULTS;
  expect(Object.fromEntries(said)).toEqual(
    Object.fromEntries(Object.entries(coded).map(([name, value]) => [name, String(value)])),
  );
});

describe('what is never kept', () => {
  it.each([
    ['several choices', { n: 2 }],
    ['a higher temperature than the route allows', { temperature: 1.5 }],
  ])('%s', async (_what, more) => {
    await caching();
    expect(await outcomeOf(harness.chat(ask(more)))).toBe('bypass');
  });

  it('an answer that was cut short', async () => {
    await caching();
    const question = ask({ max_tokens: 1, messages: [{ role: 'user', content: 'say one two three four five' }] });
    await (await harness.chat(question)).text();
    const again = await outcomeOf(harness.chat(question));
    expect([again, await upstreamCalls()]).toEqual(['miss', 2]);
  });

  it('an answer in which a guardrail found something; and what passed under other checks is asked anew', async () => {
    const guardrail = (list: string[]) => ({
      guardrails: [
        {
          id: 'g',
          slug: 'g',
          applyTo: 'output' as const,
          scope: {},
          checks: [{ type: 'deny-list', action: 'flag' as const, terms: list }],
        },
      ],
    });
    const question = ask({ messages: [{ role: 'user', content: 'say marmalade' }] });
    await caching(TTL, guardrail(['unrelated']));
    await primed(question);
    expect(await outcomeOf(harness.chat(question))).toBe('hit');
    await caching(TTL, guardrail(['marmalade']));
    for (let i = 0; i < 2; i++) expect(await outcomeOf(harness.chat(question))).toBe('miss');
    expect((await lastEvent()).findings).toHaveLength(1);
  });

  it('an answer that was invalidated, by organization, route or tag', async () => {
    await caching();
    const question = ask();
    const tagged = (value: string) => ({ 'x-tollgate-tags': `app=${value}` });
    await (await harness.chat(question, tagged('shop'))).text();
    await stored(1);
    expect(await outcomeOf(harness.chat(question))).toBe('hit');
    for (const cacheInvalidations of [
      { tags: { 'app=shop': 1e9 } },
      { routes: { fast: 1e9 } },
      { organization: 1e9 },
    ]) {
      await caching(TTL, { cacheInvalidations });
      expect(await outcomeOf(harness.chat(question))).toBe('miss');
    }
    await caching(TTL, { cacheInvalidations: { tags: { 'app=other': 1e9 } } });
    expect(await outcomeOf(harness.chat(question))).toBe('hit');
  });
});

describe('a question that says the same in other words', () => {
  const semantic = { ...TTL, semantic: {} };
  const say = (content: string, more: object = {}) => ({ messages: [{ role: 'user', content }], ...more });

  it('gets the kept answer where the route wants that, streamed too, and says so', async () => {
    await caching(semantic);
    const text = await primed(say('How do I reset my password?'));
    await until(async () => (await harness.redis.keys(`{${ORGANIZATION}}:near:*`)).length === 1);
    const near = await harness.chat(say('Please tell me how I can reset my password'));
    expect([cacheOf(near), await textOf(near), near.headers.get('x-tollgate-cost-usd')]).toEqual([
      'semantic-hit',
      text,
      '0.00',
    ]);
    expect(await lastEvent()).toMatchObject({ cache: 'semantic-hit', savedNanoUsd: expect.stringMatching(/^[1-9]/) });
    expect(await upstreamCalls()).toBe(1);
  });

  it.each([
    ['a veto', say('How do I not reset my password?')],
    [
      'another system prompt',
      { messages: [{ role: 'system', content: 'In French.' }, ...say('how do I reset my password').messages] },
    ],
    ['another parameter', say('how do I reset my password', { seed: 4 })],
  ])('does not with %s', async (_what, other) => {
    await caching(semantic);
    await primed(say('How do I reset my password?', { user: 'x' })).catch(() => undefined);
    expect(await outcomeOf(harness.chat(other))).toBe('miss');
  });

  it('does not where the route does not want it', async () => {
    await caching();
    await primed(say('How can I bake bread?'));
    expect(await outcomeOf(harness.chat(say('how do I bake bread')))).toBe('miss');
  });

  it('is found by vectors of a route for embeddings, which is called and paid as by the client', async () => {
    await harness.configure({
      routes: [
        route('fast', ['gpt'], { cache: { ...TTL, semantic: { embeddings: 'vectors', threshold: 0.5 } } }),
        route('vectors', ['gpt']),
      ],
    });
    await primed(say('Why do cats purr?'));
    const called = (await harness.events()).filter((event) => event.requestedModel === 'vectors');
    expect(called.at(-1)).toMatchObject({ surface: 'openai-embeddings', service: 'app', status: 200 });
    expect(BigInt(called.at(-1)?.costNanoUsd ?? 0)).toBeGreaterThan(0n);
  });

  it('costs nobody an answer when there are no vectors', async () => {
    await caching({ ...TTL, semantic: { embeddings: 'nowhere' } });
    expect((await harness.chat(say('Why do dogs bark?'))).status).toBe(200);
  });
});

describe('other operations', () => {
  const post = (path: string, body: object) =>
    fetch(`${harness.url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  it.each([
    ['embeddings', { model: 'fast', input: 'a text' }],
    ['moderations', { model: 'fast', input: 'a text' }],
  ])('%s of the same input are asked for once', async (path, body) => {
    await caching();
    const first = await post(path, body);
    expect([first.status, cacheOf(first)]).toEqual([200, 'miss']);
    const answer = await first.text();
    await until(async () => (await outcomeOf(post(path, body))) === 'hit');
    expect(await (await post(path, body)).text()).toBe(answer);
    expect(await outcomeOf(post(path, { ...body, input: 'another' }))).toBe('miss');
  });
});

describe('a thousand identical calls at once', () => {
  const THOUSAND = 1000;
  /** Over connections of their own, which end with them. */
  async function thousand(question: object): Promise<readonly { status: number; cache: unknown; text: string }[]> {
    const agent = new Agent();
    let arrived = 0;
    agent.on('connect', () => arrived++);
    const one = async () => {
      const { statusCode, headers, body } = await agent.request({
        origin: harness.url,
        path: '/v1/chat/completions',
        method: 'POST',
        headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'fast', ...question }),
      });
      const answer = (await body.json()) as { choices: [{ message: { content: string } }] };
      return { status: statusCode, cache: headers['x-tollgate-cache'], text: answer.choices[0].message.content };
    };
    const asking: ReturnType<typeof one>[] = [];
    while (asking.length < THOUSAND) {
      for (let at = 0; at < 100; at++) asking.push(one().finally(() => arrived++));
      // The server listens in this process: it must come to accept connections before its backlog is full.
      while (arrived < asking.length) await setImmediate();
    }
    const answers = await Promise.all(asking);
    await agent.destroy();
    return answers;
  }

  it('make one upstream call, and all get its answer', async () => {
    await caching();
    const answers = await thousand(ask());
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ cache }) => cache === 'hit')).toHaveLength(THOUSAND - 1);
    expect(await upstreamCalls()).toBe(1);
  }, 60_000);

  it('make one more when that call fails, and all get the right answer', async () => {
    await caching(TTL, {
      models: [faulty('gpt', 'status=500;times=1'), ...harness.defaults.models.slice(1)],
      routes: [route('fast', ['gpt'], { cache: TTL })],
    });
    const answers = await thousand(ask());
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await upstreamCalls()).toBe(2);
  }, 60_000);

  it('of which one fails for good have one to follow it, and nobody else fails', async () => {
    await caching(TTL, {
      models: [faulty('gpt', 'status=500;times=1'), ...harness.defaults.models.slice(1)],
      routes: [route('fast', ['gpt'], { cache: TTL, retry: { attempts: 1 } })],
    });
    const question = ask();
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => harness.chat(question)))).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([...Array.from({ length: 19 }, () => 200), 502]);
    expect(await upstreamCalls()).toBe(2);
  });

  it('go on when the one that leads is left by its client', async () => {
    await caching(TTL, {
      models: [faulty('gpt', 'delayMs=300'), ...harness.defaults.models.slice(1)],
      routes: [route('fast', ['gpt'], { cache: TTL })],
    });
    const question = ask();
    const leaving = new Agent();
    const led = leaving
      .request({
        origin: harness.url,
        path: '/v1/chat/completions',
        method: 'POST',
        headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'fast', ...question }),
      })
      .catch(() => 'left');
    await until(async () => (await upstreamCalls()) === 1);
    const following = harness.chat(question);
    await until(async () => (await harness.redis.keys(`{${ORGANIZATION}}:reservation:*`)).length === 2);
    await leaving.destroy();
    expect(await led).toBe('left');
    expect(await outcomeOf(following)).toBe('hit');
    expect(await upstreamCalls()).toBe(1);
  });
});
