import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faulty, type Harness, ORGANIZATION, route, SECRET, startHarness, until } from './harness.js';

let harness: Harness;
let openai: OpenAI;
beforeAll(async () => {
  harness = await startHarness();
  openai = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const ask = (model: string, content = 'say hello') => ({ model, messages: [{ role: 'user' as const, content }] });
const lastEvent = async () => (await harness.events()).at(-1)!;

describe.each([
  ['fast', 'openai', 'gpt'],
  ['smart', 'anthropic', 'claude'],
])('a call through route %s to a provider of dialect %s', (name, provider, model) => {
  it('completes through the official SDK and names route, provider and model', async () => {
    const { data, response } = await openai.chat.completions.create(ask(name)).withResponse();
    expect(data.choices[0]?.message.content).toContain('hello');
    expect(data.choices[0]?.finish_reason).toBe('stop');
    expect(response.headers.get('x-tollgate-route')).toBe(name);
    expect(response.headers.get('x-tollgate-provider')).toBe(provider);
    expect(response.headers.get('x-tollgate-model')).toBe(model);
    expect(response.headers.get('x-tollgate-attempts')).toBe('1');
    const event = await lastEvent();
    expect(event).toMatchObject({
      team: 'web',
      costCenter: 'CC-1',
      service: 'app',
      route: name,
      provider,
      model,
      status: 200,
      stream: false,
      estimated: false,
    });
    const { prompt_tokens = 0, completion_tokens = 0 } = data.usage ?? {};
    expect(BigInt(event.costNanoUsd)).toBe(BigInt(prompt_tokens) * 1000n + BigInt(completion_tokens) * 2000n);
    expect(response.headers.get('x-tollgate-cost-usd')).toBe(
      (Number(event.costNanoUsd) / 1e9).toFixed(9).replace(/0{1,7}$/, ''),
    );
  });

  it('streams through the official SDK, with the same text and the same cost as whole', async () => {
    const whole = await openai.chat.completions.create(ask(name));
    const wholeCost = (await lastEvent()).costNanoUsd;
    const stream = await openai.chat.completions.create({ ...ask(name), stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(whole.choices[0]?.message.content);
    const event = await lastEvent();
    expect(event).toMatchObject({ stream: true, status: 200, estimated: false, costNanoUsd: wholeCost });
    expect(event.firstTokenMs).not.toBeNull();
  });

  it('is settled before the client sees the end of its answer', async () => {
    const before = (await harness.events()).length;
    const response = await harness.chat({ model: name, stream: true });
    const text = await response.text();
    expect(text).toMatch(/data: \[DONE\]\n\n: x-tollgate-cost-usd 0\.\d+\n\n$/);
    expect(await harness.events()).toHaveLength(before + 1);
  });
});

describe('pass-through', () => {
  it('the upstream gets the client’s bytes but for the model, our secret and none of our headers', async () => {
    await harness.simulator.reset();
    const body =
      '{ "model":"fast",  "messages":[{"role":"user","content":"hi \\u00e9"}], "an_unknown_field": {"model": 1} }';
    const response = await fetch(`${harness.url}/v1/chat/completions`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${harness.key}`,
        'content-type': 'application/json',
        'x-tollgate-tags': 'a=b',
        'x-tollgate-session': 's',
      },
    });
    expect(response.status).toBe(200);
    const [received] = await harness.simulator.calls();
    expect(received?.body).toBe(body.replace('"fast"', '"gpt-4.1-mini"'));
    expect(received?.headers['authorization']).toBe(`Bearer ${SECRET}`);
    expect(Object.keys(received?.headers ?? {}).filter((name) => name.startsWith('x-tollgate'))).toEqual([]);
    expect(await lastEvent()).toMatchObject({ tags: { a: 'b' }, session: 's' });
  });
});

describe('the Anthropic surface', () => {
  it('answers through the official SDK from both dialects, whole and streamed', async () => {
    const anthropic = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
    for (const model of ['fast', 'smart']) {
      const request = { model, max_tokens: 200, messages: [{ role: 'user' as const, content: 'say hello' }] };
      const message = await anthropic.messages.create(request);
      const text = message.content[0]?.type === 'text' ? message.content[0].text : '';
      expect(text).toContain('hello');
      expect(await anthropic.messages.stream(request).finalText()).toBe(text);
    }
  });
});

describe('failover', () => {
  const faults = ['status=503', 'status=429', 'status=500', 'html=true;status=502', 'reset=true', 'status=401'];
  it.each(faults)('a first choice with %s is invisible to the client, streamed and whole', async (fault) => {
    for (const stream of [false, true]) {
      await harness.configure({
        models: [faulty('bad', fault), ...harness.defaults.models],
        routes: [route('fast', ['bad', 'gpt'], { retry: { attempts: 2 } })],
      });
      const response = await harness.chat({ stream });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-tollgate-model')).toBe('gpt');
      expect(response.headers.get('x-tollgate-attempts')).toBe('2');
      await response.text();
      const { attempts } = await lastEvent();
      expect(attempts.map(({ model }) => model)).toEqual(['bad', 'gpt']);
      expect(attempts[0]?.outcome).not.toBe('ok');
    }
    await harness.configure({});
  });

  it('a hiccup is retried on the same model', async () => {
    await harness.configure({
      models: [faulty('hiccup', 'status=500;times=1'), ...harness.defaults.models],
      routes: [route('fast', ['hiccup', 'gpt'])],
    });
    const response = await harness.chat();
    expect(response.headers.get('x-tollgate-model')).toBe('hiccup');
    expect(response.headers.get('x-tollgate-attempts')).toBe('2');
    await harness.configure({});
  });

  it('a model that keeps failing is left alone, and then costs callers no attempt', async () => {
    await harness.configure({
      models: [faulty('dead', 'status=500'), ...harness.defaults.models],
      routes: [route('fast', ['dead', 'gpt'])],
    });
    for (let i = 0; i < 6; i++) expect((await harness.chat()).status).toBe(200);
    await harness.simulator.reset();
    expect((await harness.chat()).headers.get('x-tollgate-attempts')).toBe('1');
    expect(await harness.simulator.calls()).toHaveLength(1);
    await harness.configure({});
  });

  it('a provider that asks for rest is not asked again before its time', async () => {
    await harness.configure({
      models: [faulty('limited', 'status=429;retryAfter=2')],
      routes: [route('fast', ['limited'], { timeoutMs: 1_000 })],
    });
    await harness.simulator.reset();
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await harness.chat()).status));
    expect(new Set(statuses)).toEqual(new Set([429]));
    expect((await harness.simulator.calls()).length).toBeLessThanOrEqual(5);
    const refused = await harness.chat();
    expect([refused.status, ((await refused.json()) as { error: object }).error]).toMatchObject([
      429,
      { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(2);
    expect((await harness.simulator.calls()).length).toBeLessThanOrEqual(5);
    await harness.configure({});
  });

  it('a stream whose first token is late fails over', async () => {
    await harness.configure({
      models: [faulty('stalled', 'stallAfterEvents=0'), ...harness.defaults.models],
      routes: [route('fast', ['stalled', 'gpt'], { timeouts: { firstTokenMs: 200 } })],
    });
    const response = await harness.chat({ stream: true });
    expect(response.headers.get('x-tollgate-model')).toBe('gpt');
    await response.text();
    expect((await lastEvent()).attempts[0]).toMatchObject({ model: 'stalled', outcome: 'timeout' });
    await harness.configure({});
  });

  it('an answer that is no JSON is failed over', async () => {
    await harness.configure({
      models: [faulty('bad', 'malformed=true'), ...harness.defaults.models],
      routes: [route('fast', ['bad', 'gpt'])],
    });
    expect((await harness.chat()).headers.get('x-tollgate-model')).toBe('gpt');
    await harness.configure({});
  });

  it('a stream that ends or fails before its first content fails over; after it, the client gets an error event and no [DONE]', async () => {
    await harness.configure({
      models: [
        faulty('early', 'cutAfterEvents=1'),
        faulty('late', 'cutAfterEvents=4;tokens=30'),
        ...harness.defaults.models,
      ],
      routes: [route('early', ['early', 'gpt']), route('late', ['late', 'gpt'])],
    });
    expect(await (await harness.chat({ model: 'early', stream: true })).text()).toContain('[DONE]');
    const cut = await (await harness.chat({ model: 'late', stream: true })).text();
    expect(cut).not.toContain('[DONE]');
    expect(cut).toContain('"error"');
    const event = await lastEvent();
    expect(event).toMatchObject({ status: 502, error: 'upstream_error', estimated: true });
    expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    await harness.configure({});
  });

  it('when every candidate fails the client gets 502 without any upstream text, and the reservation is given back', async () => {
    await harness.configure({
      models: [faulty('bad', 'status=500'), faulty('worse', 'status=500')],
      routes: [route('fast', ['bad', 'worse'])],
      budgets: [budget('1000000000')],
    });
    const response = await harness.chat();
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_error' } });
    expect(await reserved()).toBe('0');
    await harness.configure({});
  });
});

describe('a client that leaves', () => {
  it('cancels the upstream, and what was used is booked', async () => {
    await harness.configure({
      models: [faulty('slow', 'tokens=400;tokenDelayMs=20')],
      routes: [route('fast', ['slow'])],
      budgets: [budget('1000000000')],
    });
    await harness.simulator.reset();
    const controller = new AbortController();
    const stream = await openai.chat.completions.create(
      { ...ask('fast'), stream: true },
      { signal: controller.signal },
    );
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    controller.abort();
    await until(async () => (await harness.simulator.calls()).some(({ aborted }) => aborted));
    await until(async () => (await lastEvent()).status === 499);
    const event = await lastEvent();
    expect(event).toMatchObject({ estimated: true, error: 'client_closed_request' });
    expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    expect(await reserved()).toBe('0');
    await harness.configure({});
  });
});

describe('refusals, in the shape of the surface', () => {
  const post = (body: string, headers: Record<string, string>) =>
    fetch(`${harness.url}/v1/chat/completions`, { method: 'POST', body, headers });
  it('no credential, a broken token and an unknown key are 401 with www-authenticate', async () => {
    for (const authorization of ['', 'Bearer nonsense', `Bearer ${harness.key.slice(0, -1)}x`]) {
      const response = await post('{}', authorization ? { authorization } : {});
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_token' } });
    }
  });
  it('malformed JSON and wrong fields are 400, an unknown model 404, a body over the limit 413, an unknown path 404', async () => {
    const headers = { authorization: `Bearer ${harness.key}` };
    expect((await post('{"model":', headers)).status).toBe(400);
    const wrong = await post('{"model":"fast","messages":[{"role":"user","content":5}]}', headers);
    expect([wrong.status, ((await wrong.json()) as { error: { param: string } }).error.param]).toEqual([
      400,
      'messages.0.content',
    ]);
    const unknown = await harness.chat({ model: 'no-such-model' });
    expect([unknown.status, ((await unknown.json()) as { error: { code: string } }).error.code]).toEqual([
      404,
      'model_not_found',
    ]);
    expect((await post('x'.repeat(1_100_000), headers)).status).toBe(413);
    expect((await fetch(`${harness.url}/v1/nothing`, { headers })).status).toBe(404);
  });
  it('an exhausted hard budget is 429 insufficient_quota and not worth a retry', async () => {
    await harness.configure({ budgets: [budget('1')] });
    const response = await harness.chat();
    expect(response.status).toBe(429);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({ error: { code: 'insufficient_quota', type: expect.any(String) } });
    expect(await lastEvent()).toMatchObject({ status: 429, error: 'insufficient_quota', costNanoUsd: '0' });
    await harness.configure({});
  });
  it('a rate limit is 429 with retry-after, and says what is left before', async () => {
    await harness.configure({
      rateLimits: [
        { id: 'limit', scope: { service: 'app' }, requestsPerMinute: 2, tokensPerMinute: null, maxConcurrency: null },
      ],
    });
    const first = await harness.chat();
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect((await harness.chat()).status).toBe(200);
    const third = await harness.chat();
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await third.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    await harness.configure({});
  });
});

describe('guardrails', () => {
  const key = `sk-proj-${'a1B2'.repeat(10)}`;
  const guardrail = (action: 'block' | 'redact', applyTo: 'input' | 'output') => ({
    guardrails: [{ id: 'g', slug: 'no-secrets', applyTo, scope: {}, checks: [{ type: 'secrets', action }] }],
  });
  it('a secret in the input is blocked before anything is sent, and the message never repeats it', async () => {
    await harness.configure(guardrail('block', 'input'));
    await harness.simulator.reset();
    const response = await harness.chat({ messages: [{ role: 'user', content: `use ${key}` }] });
    const text = await response.text();
    expect(response.status).toBe(403);
    expect(text).toContain('guardrail_blocked');
    expect(text).not.toContain('a1B2');
    expect(await harness.simulator.calls()).toHaveLength(0);
    expect((await lastEvent()).findings).toMatchObject([
      { guardrail: 'no-secrets', check: 'secrets', rule: 'openai-key', action: 'block' },
    ]);
    await harness.configure({});
  });
  it('a secret in the input is redacted on its way out', async () => {
    await harness.configure(guardrail('redact', 'input'));
    await harness.simulator.reset();
    expect((await harness.chat({ messages: [{ role: 'user', content: `use ${key}` }] })).status).toBe(200);
    expect((await harness.simulator.calls())[0]?.body).toContain('[REDACTED:openai-key]');
    await harness.configure({});
  });
  it.each([false, true])('a secret in the output never reaches the client (stream: %s)', async (stream) => {
    await harness.configure(guardrail('redact', 'output'));
    const text = await (await harness.chat({ stream, messages: [{ role: 'user', content: `repeat ${key}` }] })).text();
    expect(text).not.toContain('a1B2');
    expect(text).toContain('REDACTED');
    await harness.configure(guardrail('block', 'output'));
    const blocked = await (
      await harness.chat({ stream, messages: [{ role: 'user', content: `repeat ${key}` }] })
    ).text();
    expect(blocked).not.toContain('a1B2');
    expect(blocked).toContain('content_filter');
    await harness.configure({});
  });
});

const budget = (amountNanoUsd: string) => ({
  id: 'budget',
  slug: 'all',
  scope: {},
  amountNanoUsd,
  period: 'total' as const,
  timezone: 'UTC',
  enforcement: 'hard' as const,
  alertsAt: [],
});
async function reserved(): Promise<string | null | undefined> {
  const [key] = await harness.redis.keys(`{${ORGANIZATION}}:budget:*`);
  return key && harness.redis.hget(key, 'reserved');
}
