import { expect, test } from 'vitest';
import type { Reply } from '../dialect.js';
import { type ChatEvent, type ChatRequest, eventsOf, foldEvents, type JsonObject } from '../neutral/index.js';
import { SseParser } from '../sse/index.js';
import { openaiChat } from './index.js';

function decode(events: readonly (JsonObject | string)[], outputTool?: string): ChatEvent[] {
  const decoder = openaiChat.decoder(outputTool === undefined ? {} : { outputTool });
  const wire = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event)));
  const out = wire.flatMap((data) => decoder.push({ event: null, data, raw: Buffer.from(data) }));
  return [...out, ...decoder.finish()];
}

const chunk = (delta: JsonObject, finish_reason: string | null = null, members: JsonObject = {}): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 7,
  model: 'm-1',
  choices: [{ index: 0, delta, finish_reason }],
  ...members,
});
const call = (members: JsonObject): JsonObject => chunk({ tool_calls: [members] });
const parts = (events: readonly ChatEvent[]) => foldEvents(events).choices[0]?.parts;
const finish = (events: readonly ChatEvent[]) => foldEvents(events).choices[0]?.finish;
const ends = (events: readonly ChatEvent[]) => events.at(-1)?.type === 'end';

const reply = (request: Partial<ChatRequest> = {}): Reply => ({
  callId: '0190-abc',
  createdSec: 1,
  model: 'asked',
  request: { streamUsage: false, ...request } as ChatRequest,
});

test('thinking, text and parallel calls come as parts one after the other', () => {
  const events = decode([
    chunk({ role: 'assistant', content: '' }),
    chunk({ reasoning_content: 'h' }),
    chunk({ reasoning_content: 'm', content: null }),
    chunk({ content: 'Let me ' }),
    chunk({ content: 'look.' }),
    call({ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }),
    call({ index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '' } }),
    call({ index: 0, function: { arguments: '{"x":' } }),
    call({ index: 1, function: { arguments: '{}' } }),
    call({ index: 0, function: { arguments: '1}' } }),
    chunk({}, 'tool_calls'),
    '[DONE]',
  ]);
  expect(events.map(({ type }) => type)).toEqual([
    ...[
      'start',
      'part-start',
      'part-delta',
      'part-delta',
      'part-end',
      'part-start',
      'part-delta',
      'part-delta',
      'part-end',
    ],
    ...['part-start', 'part-start', 'part-delta', 'part-delta', 'part-delta', 'part-end', 'part-end', 'finish', 'end'],
  ]);
  expect(parts(events)).toEqual([
    { type: 'reasoning', dialect: 'openai-chat', text: 'hm' },
    { type: 'text', text: 'Let me look.' },
    { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}' },
    { type: 'tool-call', id: 'b', name: 'g', arguments: '{}' },
  ]);
});

test('calls are told apart without an index, by id under one index, and whole in one chunk', () => {
  const f = { id: 'a', function: { name: 'f', arguments: '{"x":1}' } };
  const g = { id: 'b', function: { name: 'g', arguments: { y: 2 } } };
  const expected = [
    { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}' },
    { type: 'tool-call', id: 'b', name: 'g', arguments: '{"y":2}' },
  ];
  expect(parts(decode([chunk({ tool_calls: [f, g] }, 'tool_calls')]))).toEqual(expected);
  expect(parts(decode([call({ index: 0, ...f }), call({ index: 0, ...g })]))).toEqual(expected);
  expect(parts(decode([call(f), call(g)]))).toEqual(expected);
});

test('a call without arguments, without an id, or whose name comes late is still a call', () => {
  expect(parts(decode([call({ index: 0, function: { name: 'now' } }), chunk({}, 'tool_calls')]))).toEqual([
    { type: 'tool-call', id: 'call_0', name: 'now', arguments: '{}' },
  ]);
  const late = [
    call({ index: 0, id: 'a', function: { arguments: '{"x"' } }),
    call({ index: 0, function: { name: 'f', arguments: ':1}' } }),
  ];
  expect(parts(decode(late))).toEqual([{ type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}' }]);
});

test('`stop` after calls or a refusal is told as what it is', () => {
  expect(finish(decode([call({ index: 0, id: 'a', function: { name: 'f' } }), chunk({}, 'stop')]))).toEqual({
    reason: 'tool-calls',
    raw: 'stop',
  });
  expect(finish(decode([chunk({ refusal: 'no' }), chunk({}, 'stop')]))).toEqual({ reason: 'refusal', raw: 'stop' });
});

test('a stream ends by [DONE], or by a finish of every choice, and by nothing else', () => {
  expect(ends(decode([chunk({ content: 'a' }), '[DONE]']))).toBe(true);
  expect(ends(decode([chunk({ content: 'a' }, 'stop')]))).toBe(true);
  expect(ends(decode([chunk({ content: 'a' })]))).toBe(false);
  const second = { ...chunk({}), choices: [{ index: 1, delta: { content: 'b' }, finish_reason: null }] };
  expect(ends(decode([chunk({ content: 'a' }, 'stop'), second]))).toBe(false);
  expect(ends(decode([]))).toBe(false);
});

test('a second finish, an empty delta after it and a late usage change nothing', () => {
  const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
  const events = decode([
    chunk({ content: 'a' }, 'length'),
    chunk({ content: '' }, 'stop'),
    { ...chunk({}), choices: [], usage },
    '[DONE]',
  ]);
  expect(foldEvents(events)).toMatchObject({
    choices: [{ parts: [{ text: 'a' }], finish: { reason: 'length' } }],
    usage: { tokens: { input: 3, output: 1 } },
  });
});

test('an error inside the stream is its last event', () => {
  const events = decode([
    chunk({ content: 'a' }),
    { error: { message: 'Overloaded', code: 503 } },
    chunk({ content: 'b' }),
  ]);
  expect(events.at(-1)).toEqual({
    type: 'error',
    error: { kind: 'overloaded', message: 'Overloaded', status: null, code: '503' },
  });
  expect(decode([chunk({ content: 'a' }), '{"id":"chatcm']).at(-1)).toMatchObject({
    type: 'error',
    error: { kind: 'server' },
  });
});

test("Azure's first chunk, which is about the prompt, begins nothing", () => {
  const about = { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: [] };
  expect(decode([about, chunk({ content: 'a' })])[0]).toMatchObject({ type: 'start', id: 'chatcmpl-1', model: 'm-1' });
});

test("the forced tool's call is the answer's text", () => {
  const events = decode(
    [
      call({ index: 0, id: 'a', function: { name: 'answer', arguments: '{"x"' } }),
      call({ index: 0, function: { arguments: ':1}' } }),
      chunk({}, 'tool_calls'),
    ],
    'answer',
  );
  expect(foldEvents(events).choices).toMatchObject([
    { parts: [{ type: 'text', text: '{"x":1}' }], finish: { reason: 'stop' } },
  ]);
});

test('a custom tool survives its own dialect', () => {
  const events = decode([
    call({ index: 0, id: 'a', type: 'custom', custom: { name: 'sh', input: 'l' } }),
    call({ index: 0, custom: { input: 's' } }),
    chunk({}, 'tool_calls'),
  ]);
  expect(parts(events)).toEqual([
    { type: 'opaque', dialect: 'openai-chat', value: { id: 'a', type: 'custom', custom: { name: 'sh', input: 'ls' } } },
  ]);
});

/** What our own encoder writes, read again. */
function reread(events: readonly ChatEvent[], request: Partial<ChatRequest> = {}) {
  const encoder = openaiChat.encoder(reply(request));
  const text = events.map((event) => encoder.push(event)).join('');
  const parser = new SseParser();
  const wire = parser.push(Buffer.from(text));
  return { chunks: wire.map(({ data }) => data), events: decode(wire.map(({ data }) => data)) };
}

test('what is encoded decodes to the same answer, proofs of thinking included', () => {
  const events = eventsOf({
    id: 'chatcmpl-9',
    model: 'asked',
    createdSec: 7,
    choices: [
      {
        index: 0,
        parts: [
          { type: 'reasoning', dialect: 'anthropic-messages', text: 'hm', signature: 'sig' },
          { type: 'reasoning', dialect: 'openai-responses', text: '', encrypted: 'enc', id: 'rs_1' },
          { type: 'text', text: 'Hello' },
          { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}', signature: 'gem' },
          { type: 'tool-call', id: 'b', name: 'g', arguments: '{}' },
        ],
        finish: { reason: 'tool-calls', raw: 'tool_calls' },
      },
      { index: 1, parts: [{ type: 'refusal', text: 'no' }], finish: { reason: 'refusal', raw: 'stop' } },
    ],
  });
  expect(foldEvents(reread(events).events)).toEqual(foldEvents(events));
});

test('each choice opens with its role, a call without arguments says {}, and the end is [DONE]', () => {
  const { chunks } = reread([
    { type: 'start', id: 'x', model: 'm' },
    { type: 'part-start', choice: 0, part: 0, start: { kind: 'tool-call', id: 'a', name: 'f' } },
    { type: 'part-end', choice: 0, part: 0 },
    { type: 'finish', choice: 0, finish: { reason: 'tool-calls', raw: null } },
    { type: 'end' },
  ]);
  const deltas = chunks
    .slice(0, -1)
    .map((data) => (JSON.parse(data) as { choices: { delta: JsonObject }[] }).choices[0]?.delta);
  expect(deltas).toEqual([
    { role: 'assistant', content: '', refusal: null },
    { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }] },
    { tool_calls: [{ index: 0, function: { arguments: '{}' } }] },
    {},
  ]);
  expect(chunks.at(-1)).toBe('[DONE]');
});

test('usage is written once, at the end, and only to a client that asked', () => {
  const usage = openaiChat.usageOf({ usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } });
  const events: ChatEvent[] = [
    { type: 'start', id: 'x', model: 'm' },
    { type: 'usage', usage: usage! },
    { type: 'end' },
  ];
  expect(reread(events).chunks).toEqual(['[DONE]']);
  expect(JSON.parse(reread(events, { streamUsage: true }).chunks[0]!)).toMatchObject({
    choices: [],
    usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
  });
});
