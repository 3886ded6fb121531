import { expect, test } from 'vitest';
import type { JsonObject } from '../neutral/index.js';
import { passThrough } from './pass-through.js';

const open = (body: JsonObject, provider = 'openai') =>
  passThrough(JSON.stringify(body), body, { upstreamModel: 'up', maxOutputTokens: 1, provider });
const wire = (data: JsonObject | string, event: string | null = null) => {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return { event, data: text, raw: Buffer.from(text) };
};
const chunk = (delta: JsonObject, finish_reason: string | null = null, members: JsonObject = {}) =>
  wire({ model: 'm-1', choices: [{ index: 0, delta, finish_reason }], usage: null, ...members });
const USAGE = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
const usageOnly = wire({ model: 'm-1', choices: [], usage: USAGE });

test('only the model name changes in a whole request', () => {
  const text = '{ "model":"a", "messages":[{"role":"user","content":"\\"model\\""}],"future":{"model":1} }';
  const { body } = passThrough(text, JSON.parse(text) as JsonObject, {
    upstreamModel: 'up',
    maxOutputTokens: 1,
    provider: 'x',
  });
  expect(body).toBe(text.replace('"a"', '"up"'));
});

test('a stream asks for usage and keeps it from a client that did not', () => {
  const asked = { model: 'a', stream: true, stream_options: { include_usage: true } };
  const unasked = { model: 'a', stream: true, stream_options: { include_obfuscation: false } };
  expect(JSON.parse(open(unasked).body)).toEqual({
    model: 'up',
    stream: true,
    stream_options: { include_obfuscation: false, include_usage: true },
  });
  expect(open(unasked).meter.push(usageOnly).forward).toBe(false);
  expect(open(asked).body).toBe(JSON.stringify({ ...asked, model: 'up' }));
  expect(open(asked).meter.push(usageOnly).forward).toBe(true);
});

test('a vendor that always tells usage is not asked, and what it sends is not stripped', () => {
  const { body, meter } = open({ model: 'a', stream: true }, 'mistral');
  expect(JSON.parse(body)).toEqual({ model: 'up', stream: true });
  expect(meter.push(chunk({ content: 'x' }, 'stop', { usage: USAGE }))).toEqual({ forward: true, content: true });
  expect(meter.usage?.tokens).toMatchObject({ input: 3, output: 1 });
});

test('a limit that the vendor would pass over is said in its words, everything else stays', () => {
  const body = { model: 'a', max_completion_tokens: 5, seed: 1, stream_options: { include_usage: true }, x: 2 };
  expect(open(body, 'mistral').body).toBe('{"max_tokens":5,"random_seed":1,"model":"up","x":2}');
  expect(open(body, 'vllm').body).toBe(JSON.stringify({ ...body, model: 'up' }));
  expect(JSON.parse(open({ ...body, max_tokens: 9 }, 'together').body)).toEqual({
    ...body,
    model: 'up',
    max_completion_tokens: undefined,
    max_tokens: 5,
  });
});

test('content begins with the first delta that says something', () => {
  const { meter } = open({ model: 'a', stream: true });
  const contents = [
    wire(''),
    chunk({ role: 'assistant', content: '', refusal: null, tool_calls: [] }),
    chunk({ content: 'x' }),
    chunk({ content: '' }),
  ].map((event) => meter.push(event).content);
  expect(contents).toEqual([false, false, true, true]);
  expect(meter.answeredModel).toBe('m-1');
  expect(open({}).meter.push(chunk({ tool_calls: [{ index: 0, id: 'a' }] })).content).toBe(true);
  expect(open({}).meter.push(chunk({ reasoning_content: 'h' })).content).toBe(true);
});

test('words about usage and errors in the answer are not taken for them', () => {
  const { meter } = open({ model: 'a', stream: true });
  const text = '{"usage":{"prompt_tokens":9},"error":{"message":"no"},"choices":[]}';
  expect(meter.push(chunk({ content: text }))).toEqual({ forward: true, content: true });
  expect(meter.usage).toBeUndefined();
});

test('an error inside the stream is told once, with its class', () => {
  const { meter } = open({ model: 'a', stream: true });
  meter.push(chunk({ content: 'x' }));
  expect(meter.push(wire({ error: { message: 'slow down', code: 'rate_limit_exceeded' } }))).toEqual({
    forward: true,
    content: false,
    error: { kind: 'rate-limit', message: 'slow down', status: null, code: 'rate_limit_exceeded' },
  });
});

test('the stream has ended by [DONE], and is complete without it when all choices have finished', () => {
  const done = open({ model: 'a', stream: true }).meter;
  expect(done.ended).toBe(false);
  done.push(wire('[DONE]'));
  expect(done.ended).toBe(true);
  const two = open({ model: 'a', stream: true, n: 2 }).meter;
  two.push(chunk({}, 'stop'));
  expect(two.complete).toBe(false);
  two.push(chunk({}, 'length'));
  expect([two.complete, two.ended]).toEqual([true, false]);
});
