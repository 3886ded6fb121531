import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faulty, type Harness, route, startHarness } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const answeredBy = async (body: object = {}, headers: Record<string, string> = {}): Promise<string | null> => {
  const response = await harness.chat({ ...body }, headers);
  await response.text();
  return response.headers.get('x-tollgate-model');
};
const equals = (models: readonly string[]) => models.map((model) => ({ model, weight: 1, priority: 0 }));

describe('stickiness', () => {
  it('keeps each session, or user, at one model, and spreads them over all', async () => {
    const targets = equals(['gpt', 'claude', 'small']);
    await harness.configure({
      routes: [
        { ...route('session', []), targets, stickiness: 'session' },
        { ...route('user', []), targets, stickiness: 'user', strategy: 'least-busy' },
      ],
    });
    const asked = [
      (key: string) => answeredBy({ model: 'session' }, { 'x-tollgate-session': key }),
      (key: string) => answeredBy({ model: 'user', user: key }),
    ];
    for (const ask of asked) {
      const homes = new Set<string | null>();
      for (let key = 0; key < 20; key++) {
        const home = await ask(`conversation-${key}`);
        expect(await ask(`conversation-${key}`)).toBe(home);
        homes.add(home);
      }
      expect(homes.size).toBe(3);
    }
  });
});

describe('credentials of one provider', () => {
  it('share the load by their weights', async () => {
    const [openai] = harness.defaults.providerCredentials;
    const spare = { ...openai!, slug: 'spare', weight: 0 };
    const second = { ...faulty('second', ''), credential: 'spare', upstreamModel: 'gpt-4.1-mini' };
    await harness.configure({
      providerCredentials: [openai!, spare],
      models: [harness.defaults.models[0]!, second, faulty('dead', 'status=500')],
      routes: [
        { ...route('fast', []), targets: equals(['second', 'gpt']) },
        { ...route('spared', []), targets: equals(['second', 'dead']), retry: { attempts: 3 } },
      ],
    });
    for (let i = 0; i < 10; i++) expect(await answeredBy()).toBe('gpt');
    expect(await answeredBy({ model: 'spared' })).toBe('second');
  });
});

describe('rules', () => {
  it('see what the request contains, who asks and when', async () => {
    const to = (model: string) => [{ model, weight: 1, priority: 0 }];
    const always = { from: '00:00', to: '00:00', timezone: 'Europe/Berlin' };
    await harness.configure({
      routes: [
        route('fast', ['gpt'], {
          rules: [
            { when: { hasTools: true }, targets: to('claude') },
            { when: { user: 'vip*', team: 'engineering', time: always }, targets: to('small') },
            { when: { estimatedInputTokens: { min: 1_000 } }, targets: to('flash') },
          ],
        }),
      ],
    });
    const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }];
    expect(await answeredBy()).toBe('gpt');
    expect(await answeredBy({ tools })).toBe('claude');
    expect(await answeredBy({ user: 'vip-7' })).toBe('small');
    expect(await answeredBy({ messages: [{ role: 'user', content: 'word '.repeat(2_000) }] })).toBe('flash');
  });
});

describe('a context that is too short', () => {
  it('leads to a model that takes more, and passes over those that take no more', async () => {
    const tooShort = (slug: string) => ({
      ...faulty(slug, 'status=400;code=context_length_exceeded'),
      limits: { contextTokens: 8_000, maxOutputTokens: 100 },
    });
    await harness.configure({
      models: [tooShort('short'), tooShort('as-short'), ...harness.defaults.models],
      routes: [route('fast', ['short', 'as-short', 'gpt'])],
    });
    const response = await harness.chat();
    expect(response.headers.get('x-tollgate-model')).toBe('gpt');
    expect(response.headers.get('x-tollgate-attempts')).toBe('2');
  });
});

describe('a refusal by content policy', () => {
  it('is the answer, unless the route lets another model be asked', async () => {
    const models = [faulty('strict', 'status=400;code=content_policy_violation'), ...harness.defaults.models];
    await harness.configure({ models, routes: [route('fast', ['strict', 'gpt'])] });
    const told = await harness.chat();
    expect([told.status, ((await told.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'content_policy',
    ]);
    await harness.configure({
      models,
      routes: [route('fast', ['strict', 'gpt'], { retry: { afterContentPolicy: 'next' } })],
    });
    expect(await answeredBy()).toBe('gpt');
  });
});

describe('a provider that says that nearly nothing is left', () => {
  it('comes behind the others until it has more', async () => {
    const answer = {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    };
    const left = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m0s' };
    const upstream = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json', ...left }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const { port } = upstream.address() as AddressInfo;
    const [openai] = harness.defaults.providerCredentials;
    await harness.configure({
      providerCredentials: [openai!, { ...openai!, slug: 'tight', baseUrl: `http://127.0.0.1:${port}/v1` }],
      models: [{ ...faulty('tight', ''), credential: 'tight', upstreamModel: 'm' }, ...harness.defaults.models],
      routes: [route('fast', ['tight', 'gpt'])],
    });
    try {
      expect([await answeredBy(), await answeredBy(), await answeredBy()]).toEqual(['tight', 'gpt', 'gpt']);
    } finally {
      upstream.closeAllConnections();
      upstream.close();
    }
  });
});
