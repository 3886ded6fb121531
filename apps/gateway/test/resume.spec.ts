import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotModel } from '#libs/snapshot';
import { faulty, type Harness, PRICES, route, startHarness, until } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());
beforeEach(() => harness.simulator.reset());

const lastEvent = async () => (await harness.events()).at(-1)!;
/** An answer of 60 tokens, whoever says it. */
const UPSTREAM = {
  openai: 'gpt-4.1-mini~tokens=60',
  anthropic: 'claude-sonnet-4-5~tokens=60',
  gemini: 'gemini-2.5-flash~tokens=60',
  mistral: 'mistral-small-latest~tokens=60',
} as const;
type Provider = keyof typeof UPSTREAM;

const model = (slug: string, provider: Provider, fault = ''): SnapshotModel => ({
  ...faulty(slug, ''),
  provider,
  credential: provider,
  upstreamModel: UPSTREAM[provider] + fault,
});
const TOOLS = [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }];
const QUESTION = 'tell me about foxes';

/** One stream through the official SDK of a surface: its text, and whether the SDK found it complete. */
const SURFACES = {
  'openai-chat': async (): Promise<string> => {
    const client = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: QUESTION }];
    let text = '';
    let finish: string | null = null;
    for await (const { choices } of await client.chat.completions.create({ model: 'r', stream: true, messages })) {
      text += choices[0]?.delta.content ?? '';
      finish = choices[0]?.finish_reason ?? finish;
    }
    expect(finish).toBe('stop');
    return text;
  },
  'openai-responses': async (): Promise<string> => {
    const client = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
    const stream = await client.responses.create({ model: 'r', stream: true, input: QUESTION });
    let text = '';
    let whole = '';
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') whole = event.response.output_text ?? wholeTextOf(event.response.output);
    }
    expect(whole).toBe(text);
    return text;
  },
  'anthropic-messages': async (): Promise<string> => {
    const client = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: QUESTION }];
    const message = await client.messages.stream({ model: 'r', max_tokens: 500, messages }).finalMessage();
    expect(message.stop_reason).toBe('end_turn');
    return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  },
  gemini: async (): Promise<string> => {
    const client = new GoogleGenAI({ apiKey: harness.key, httpOptions: { baseUrl: harness.url } });
    let text = '';
    let finish: string | undefined;
    for await (const chunk of await client.models.generateContentStream({ model: 'r', contents: QUESTION })) {
      text += chunk.text ?? '';
      finish = chunk.candidates?.[0]?.finishReason ?? finish;
    }
    expect(finish).toBe('STOP');
    return text;
  },
} as const;

const wholeTextOf = (output: readonly OpenAI.Responses.ResponseOutputItem[]): string =>
  output
    .flatMap((item) => (item.type === 'message' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : ''))
    .join('');

const PROVIDERS = ['openai', 'anthropic', 'gemini', 'mistral'] as const;
const CASES = Object.keys(SURFACES).flatMap((surface) =>
  PROVIDERS.flatMap((from) => PROVIDERS.map((to) => [surface as keyof typeof SURFACES, from, to] as const)),
);

describe('a stream cut after 20 events', () => {
  let whole: string;
  beforeAll(async () => {
    await harness.configure({ models: [model('m', 'openai')], routes: [route('r', ['m'])] });
    whole = await SURFACES['openai-chat']();
    expect(whole.split(' ').length).toBeGreaterThan(40);
  });

  it.each(CASES)('on %s from %s is resumed by %s: the whole text once', async (surface, from, to) => {
    await harness.configure({
      models: [model('first', from, ';cutAfterEvents=20'), model('second', to)],
      routes: [route('r', ['first', 'second'], { midStream: 'resume' })],
    });
    expect(await SURFACES[surface]()).toBe(whole);
    const event = await lastEvent();
    expect(event).toMatchObject({ status: 200, error: null, model: 'second', estimated: true });
    expect(event.attempts.map(({ model, outcome }) => [model, outcome])).toEqual([
      ['first', 'server'],
      ['second', 'ok'],
    ]);
  });
});

describe('a resumed call', () => {
  const chat = async (): Promise<string> => (await harness.chat({ model: 'r', stream: true })).text();

  it('books what both attempts used, at each model’s prices, and shows the client the sum', async () => {
    const dear = { ...PRICES, input: '5000000000', output: '7000000000' };
    await harness.configure({
      models: [model('first', 'anthropic', ';cutAfterEvents=20'), { ...model('second', 'openai'), prices: dear }],
      routes: [route('r', ['first', 'second'], { midStream: 'resume' })],
    });
    const body = await (
      await harness.chat({ model: 'r', stream: true, stream_options: { include_usage: true } })
    ).text();
    const [, second] = await harness.simulator.calls();
    const { input = 0, output = 0 } = second?.usage ?? {};
    const event = await lastEvent();
    const firstInput = event.tokens.input - input;
    const firstOutput = event.tokens.output - output;
    expect(firstInput).toBeGreaterThan(0);
    expect(firstOutput).toBeGreaterThan(5);
    const cost = firstInput * 1_000 + firstOutput * 2_000 + input * 5_000 + output * 7_000;
    expect(event.costNanoUsd).toBe(String(cost));
    expect(body).toContain(`"prompt_tokens":${event.tokens.input},"completion_tokens":${event.tokens.output}`);
  });

  it('goes on with the model that broke when there is no other', async () => {
    await harness.configure({
      models: [model('only', 'openai', ';cutAfterEvents=20;times=1')],
      routes: [route('r', ['only'], { midStream: 'resume' })],
    });
    expect(await chat()).toContain('[DONE]');
    expect((await lastEvent()).attempts.map(({ outcome }) => outcome)).toEqual(['server', 'ok']);
  });

  it('is resumed after silence and after an error inside the stream, too', async () => {
    for (const fault of [';stallAfterEvents=10', ';errorInStream=true;errorAfterEvents=10']) {
      await harness.configure({
        models: [model('first', 'openai', fault), model('second', 'anthropic')],
        routes: [route('r', ['first', 'second'], { midStream: 'resume', timeouts: { silenceMs: 100 } })],
      });
      expect(await chat()).toContain('[DONE]');
    }
  });

  it('passes over models that cannot be given the beginning of an answer', async () => {
    const newest = { ...model('newest', 'anthropic'), upstreamModel: 'claude-opus-4-6~tokens=60' };
    await harness.configure({
      models: [model('first', 'openai', ';cutAfterEvents=20'), newest, model('third', 'gemini')],
      routes: [route('r', ['first', 'newest', 'third'], { midStream: 'resume' })],
    });
    expect(await chat()).toContain('[DONE]');
    expect(await lastEvent()).toMatchObject({ model: 'third' });
  });

  it('ends with an error when nobody can go on, and when it breaks again and again', async () => {
    await harness.configure({
      models: [model('first', 'openai', ';cutAfterEvents=20'), faulty('dead', 'status=500')],
      routes: [route('r', ['first', 'dead'], { midStream: 'resume', retry: { attempts: 2 } })],
    });
    const told = await chat();
    expect(told).not.toContain('[DONE]');
    expect(told).toContain('"error"');
    expect(await lastEvent()).toMatchObject({ status: 502, error: 'upstream_error', model: 'first' });

    await harness.configure({
      models: ['a', 'b', 'c', 'd'].map((slug) => model(slug, 'openai', ';cutAfterEvents=6')),
      routes: [route('r', ['a', 'b', 'c', 'd'], { midStream: 'resume' })],
    });
    expect(await chat()).toContain('"error"');
    expect((await lastEvent()).attempts.map(({ outcome }) => outcome)).toEqual(['server', 'server', 'server']);
  });

  it.each([
    ['an open tool call', { tools: TOOLS, messages: [{ role: 'user', content: 'call the tool' }] }],
    ['structured output', { response_format: { type: 'json_object' } }],
    ['several answers', { n: 2 }],
  ])('is not resumed with %s', async (_, body) => {
    await harness.configure({
      models: [model('first', 'openai', ';cutAfterEvents=3'), model('second', 'openai')],
      routes: [route('r', ['first', 'second'], { midStream: 'resume' })],
    });
    const told = await (await harness.chat({ model: 'r', stream: true, ...body })).text();
    expect(told).toContain('"error"');
    expect(told).not.toContain('[DONE]');
    expect(await harness.simulator.calls()).toHaveLength(1);
  });

  it('keeps the whole answer in the cache', async () => {
    await harness.configure({
      models: [model('first', 'openai', ';cutAfterEvents=20'), model('second', 'anthropic')],
      routes: [route('r', ['first', 'second'], { midStream: 'resume', cache: { ttlSeconds: 60 } })],
    });
    const question = { model: 'r', messages: [{ role: 'user', content: 'kept?' }] };
    await (await harness.chat({ ...question, stream: true })).text();
    await until(async () => (await harness.redis.keys('*:cache:*')).length > 0);
    const kept = (await (await harness.chat(question)).json()) as { choices: [{ message: { content: string } }] };
    expect(kept.choices[0].message.content).toMatch(/^You said: kept\? the quick/);
    expect(kept.choices[0].message.content.split(' ').length).toBeGreaterThan(40);
  });
});
