import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, route, startHarness } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.configure({
    routes: [
      route('strict-claude', ['claude'], { strict: true }),
      route('strict-gpt', ['gpt'], { strict: true }),
      route('strict-both', ['claude', 'gpt'], { strict: true }),
      route('loose', ['claude']),
    ],
  });
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const messages = [{ role: 'user', content: 'hello' }];
const post = (path: string, body: object): Promise<Response> =>
  fetch(harness.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Per surface: how a request with a parameter that the route's only model cannot be told is sent, and where the refusal names it. */
const SURFACES = {
  'OpenAI chat': {
    ask: (stream: boolean, more: object) =>
      post('/v1/chat/completions', { model: 'strict-claude', messages, stream, ...more }),
    param: { seed: 7 },
    error: { error: { type: 'invalid_request_error', param: 'seed', code: 'invalid_request' } },
  },
  'OpenAI responses': {
    ask: (stream: boolean, more: object) =>
      post('/v1/responses', { model: 'strict-claude', input: 'hello', stream, ...more }),
    param: { truncation: 'auto' },
    error: { error: { type: 'invalid_request_error', param: 'truncation', code: 'invalid_request' } },
  },
  Anthropic: {
    ask: (stream: boolean, more: object) =>
      post('/v1/messages', { model: 'strict-gpt', max_tokens: 50, messages, stream, ...more }),
    param: { top_k: 40 },
    error: { type: 'error', error: { type: 'invalid_request_error', param: 'top_k', code: 'invalid_request' } },
  },
  Gemini: {
    ask: (stream: boolean, more: object) =>
      post(`/v1beta/models/strict-claude:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`, {
        contents: [{ role: 'user', parts: [{ text: 'hello' }] }],
        ...more,
      }),
    param: { generationConfig: { seed: 7 } },
    error: {
      error: {
        status: 'INVALID_ARGUMENT',
        details: [{ reason: 'invalid_request' }, { fieldViolations: [{ field: 'generationConfig.seed' }] }],
      },
    },
  },
} as const;

const cases = Object.entries(SURFACES).flatMap(([name, surface]) =>
  [false, true].map((stream) => [`${name}, ${stream ? 'streamed' : 'whole'}`, stream, surface] as const),
);

describe('a strict route', () => {
  it.each(cases)('refuses what it would have to leave out, by its name: %s', async (_, stream, surface) => {
    await harness.simulator.reset();
    const before = (await harness.events()).length;
    const refused = await surface.ask(stream, surface.param);
    expect([refused.status, await refused.json()]).toMatchObject([400, surface.error]);
    expect(refused.headers.get('x-ratelimit-limit-requests')).toBeNull();
    expect(await harness.simulator.calls()).toEqual([]);
    const [event] = (await harness.events()).slice(before);
    expect(event).toMatchObject({ status: 400, error: 'invalid_request', attempts: [], costNanoUsd: '0' });

    const answered = await surface.ask(stream, {});
    expect([answered.status, (await answered.text()).length > 0]).toEqual([200, true]);
    expect(answered.headers.get('x-tollgate-dropped-params')).toBeNull();
  });

  it('takes nothing from rate limits and budgets for a refusal', async () => {
    const limit = { id: 'once', scope: {}, requestsPerMinute: 1, tokensPerMinute: null, maxConcurrency: null };
    await harness.configure({ rateLimits: [limit], routes: [route('fast', ['claude'], { strict: true })] });
    expect((await harness.chat({ seed: 7 })).status).toBe(400);
    expect((await harness.chat()).status).toBe(200);
    expect((await harness.chat()).status).toBe(429);
  });

  it('passes over a model that would not be told everything, as one that lacks a capability', async () => {
    await harness.configure({ routes: [route('fast', ['claude', 'gpt'], { strict: true })] });
    for (const stream of [false, true]) {
      const answered = await harness.chat({ seed: 7, stream });
      await answered.text();
      expect(answered.headers.get('x-tollgate-model')).toBe('gpt');
      expect(answered.headers.get('x-tollgate-attempts')).toBe('1');
    }
    const plain = await harness.chat();
    expect(plain.headers.get('x-tollgate-model')).toBe('claude');
  });

  it('never fails over to such a model either', async () => {
    const down = { ...harness.defaults.models[0]!, id: 'down', slug: 'down', upstreamModel: 'gpt-4.1-mini~status=500' };
    await harness.configure({
      models: [down, ...harness.defaults.models],
      routes: [route('fast', ['down', 'claude'], { strict: true }), route('loose', ['down', 'claude'])],
    });
    const refused = await harness.chat({ seed: 7 });
    expect(refused.status).toBe(502);
    const answered = await harness.chat({ model: 'loose', seed: 7 });
    expect(answered.headers.get('x-tollgate-model')).toBe('claude');
    expect(answered.headers.get('x-tollgate-dropped-params')).toBe('seed');
    const [strict, loose] = (await harness.events()).slice(-2);
    expect(new Set(strict?.attempts.map(({ model }) => model))).toEqual(new Set(['down']));
    expect(new Set(loose?.attempts.map(({ model }) => model))).toEqual(new Set(['down', 'claude']));
  });

  it('holds for what is not chat too', async () => {
    const [openai] = harness.defaults.models;
    const embedding = { ...openai!, id: 'e', slug: 'embed', provider: 'gemini', credential: 'gemini' };
    await harness.configure({
      models: [{ ...embedding, upstreamModel: 'gemini-embedding-001' }],
      routes: [route('embed', ['embed'], { strict: true })],
    });
    const refused = await post('/v1/embeddings', { model: 'embed', input: 'x', truncate: true });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: 'truncate' } }]);
    expect((await post('/v1/embeddings', { model: 'embed', input: 'x' })).status).toBe(200);
  });
});
