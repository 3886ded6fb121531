import { expect, test } from 'vitest';
import type { Reply } from '../dialect.js';
import {
  type ChatEvent,
  type ChatRequest,
  type ChatResponse,
  eventsOf,
  foldEvents,
  type JsonObject,
} from '../neutral/index.js';
import { SseParser } from '../sse/index.js';
import { openaiResponses } from './index.js';

const reply: Reply = {
  callId: '0190-abc',
  createdSec: 1,
  model: 'asked',
  request: { messages: [], rest: {} } as unknown as ChatRequest,
};

function decode(events: readonly JsonObject[]): ChatEvent[] {
  const decoder = openaiResponses.decoder({});
  const out = events.flatMap((event) =>
    decoder.push({ event: null, data: JSON.stringify(event), raw: Buffer.from('') }),
  );
  return [...out, ...decoder.finish()];
}

const response = (members: JsonObject = {}): JsonObject => ({
  id: 'resp_1',
  object: 'response',
  created_at: 7,
  model: 'm-1',
  status: 'completed',
  output: [],
  ...members,
});
const created: JsonObject = { type: 'response.created', response: response({ status: 'in_progress' }) };
const added = (output_index: number, item: JsonObject): JsonObject => ({
  type: 'response.output_item.added',
  output_index,
  item,
});
const done = (output_index: number, item: JsonObject): JsonObject => ({
  type: 'response.output_item.done',
  output_index,
  item,
});
const completed = (members: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: response(members),
});
const text = (delta: string, content_index = 0, item_id = 'msg_1'): JsonObject => ({
  type: 'response.output_text.delta',
  output_index: 0,
  content_index,
  item_id,
  delta,
});
const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '' };
const message = (...texts: string[]): JsonObject => ({
  type: 'message',
  content: texts.map((piece) => ({ type: 'output_text', text: piece, annotations: [] })),
});
const parts = (events: readonly ChatEvent[]) => foldEvents(events).choices[0]?.parts;

test('pieces are told once, though each item is said again when it is done and when all is', () => {
  const item = message('ab', 'cd');
  const events = decode([
    created,
    added(0, message()),
    text('a'),
    text('b'),
    text('cd', 1),
    done(0, item),
    completed({ output: [item] }),
  ]);
  expect(parts(events)).toEqual([
    { type: 'text', text: 'ab' },
    { type: 'text', text: 'cd' },
  ]);
  expect(events.at(-1)?.type).toBe('end');
});

test('what a server does not stream is taken from the done item, or from the response', () => {
  const items = [message('hi'), { ...call, arguments: '{"a":1}' }];
  const expected = [
    { type: 'text', text: 'hi' },
    { type: 'tool-call', id: 'call_1', name: 'f', arguments: '{"a":1}' },
  ];
  expect(parts(decode([created, done(0, items[0]!), done(1, items[1]!), completed()]))).toEqual(expected);
  expect(parts(decode([created, completed({ output: items })]))).toEqual(expected);
});

test('a final output that leaves items out or counts them otherwise tells nothing twice', () => {
  const late = { ...call, arguments: '{"a":1}' };
  const events = decode([
    created,
    { ...text('hi'), output_index: 3 },
    added(5, call),
    completed({ output: [message('hi'), late] }),
  ]);
  expect(parts(events)).toEqual([
    { type: 'text', text: 'hi' },
    { type: 'tool-call', id: 'call_1', name: 'f', arguments: '{"a":1}' },
  ]);
});

test('an id that changes from event to event misleads nobody', () => {
  const events = decode([created, text('a', 0, 'x'), text('b', 0, 'y'), completed()]);
  expect(parts(events)).toEqual([{ type: 'text', text: 'ab' }]);
});

test('a call streams its arguments; one without has an empty object', () => {
  const args = (delta: string): JsonObject => ({
    type: 'response.function_call_arguments.delta',
    output_index: 0,
    delta,
  });
  const events = decode([
    created,
    added(0, call),
    args('{"a"'),
    args(':1}'),
    done(0, { ...call, arguments: '{"a":1}' }),
    added(1, { ...call, call_id: 'call_2' }),
    done(1, { ...call, call_id: 'call_2' }),
    completed(),
  ]);
  expect(parts(events)).toMatchObject([
    { id: 'call_1', arguments: '{"a":1}' },
    { id: 'call_2', arguments: '{}' },
  ]);
  expect(foldEvents(events).choices[0]?.finish).toEqual({ reason: 'tool-calls', raw: 'completed' });
});

test('thinking keeps its paragraphs, its id and what is encrypted of it', () => {
  const delta = (summary_index: number, piece: string): JsonObject => ({
    type: 'response.reasoning_summary_text.delta',
    output_index: 0,
    summary_index,
    delta: piece,
  });
  const item = {
    type: 'reasoning',
    id: 'rs_1',
    encrypted_content: 'enc',
    summary: [{ text: 'one' }, { text: 'two' }],
  };
  const streamed = decode([
    created,
    added(0, { ...item, summary: [], encrypted_content: 'not yet' }),
    delta(0, 'on'),
    delta(0, 'e'),
    delta(1, 'two'),
    done(0, item),
    completed(),
  ]);
  const expected = [
    { type: 'reasoning', dialect: 'openai-responses', id: 'rs_1', text: 'one\n\ntwo', encrypted: 'enc' },
  ];
  expect(parts(streamed)).toEqual(expected);
  expect(openaiResponses.decodeResponse(response({ output: [item] }), {}).choices[0]?.parts).toEqual(expected);
});

test('an incomplete response says why; a failed one, or an error, ends the stream', () => {
  const incomplete = {
    type: 'response.incomplete',
    response: response({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
  };
  expect(foldEvents(decode([created, text('a'), incomplete])).choices[0]?.finish.reason).toBe('length');
  const failed = {
    type: 'response.failed',
    response: response({ status: 'failed', error: { code: 'rate_limit_exceeded', message: 'slow' } }),
  };
  expect(decode([created, failed]).at(-1)).toMatchObject({
    type: 'error',
    error: { kind: 'rate-limit', message: 'slow' },
  });
  const flat = { type: 'error', code: 'server_error', message: 'boom', param: null };
  expect(decode([created, flat]).at(-1)).toMatchObject({ type: 'error', error: { kind: 'server', message: 'boom' } });
  expect(decode([created, text('a')]).at(-1)?.type).toBe('part-end');
});

const everything: ChatResponse = {
  id: 'resp_9',
  model: 'asked',
  createdSec: 7,
  choices: [
    {
      index: 0,
      parts: [
        { type: 'reasoning', dialect: 'openai-responses', id: 'rs_1', text: 'hm', encrypted: 'enc' },
        { type: 'reasoning', dialect: 'anthropic-messages', text: 'hmm', signature: 'sig' },
        { type: 'text', text: 'Hello' },
        { type: 'refusal', text: 'but no' },
        { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}', signature: 'gem' },
        { type: 'tool-call', id: 'b', name: 'g', arguments: '{}' },
        {
          type: 'opaque',
          dialect: 'openai-responses',
          value: { type: 'web_search_call', id: 'ws_1', status: 'completed' },
        },
      ],
      finish: { reason: 'tool-calls', raw: 'completed' },
    },
  ],
};

function encodeStream(answer: ChatResponse): JsonObject[] {
  const encoder = openaiResponses.encoder(reply);
  const sse = eventsOf(answer)
    .map((event) => encoder.push(event))
    .join('');
  return new SseParser().push(Buffer.from(sse)).map(({ data }) => JSON.parse(data) as JsonObject);
}

test('what is encoded decodes to the same answer, whole and streamed', () => {
  expect(openaiResponses.decodeResponse(openaiResponses.encodeResponse(everything, reply), {})).toEqual(everything);
  const [choice] = everything.choices;
  const own = choice!.parts.filter((part) => !('signature' in part));
  const answer = { ...everything, choices: [{ ...choice!, parts: own }] };
  expect(foldEvents(decode(encodeStream(answer)))).toEqual(answer);
});

test('proofs of other dialects come back on the next turn', () => {
  const output = encodeStream(everything).flatMap((event) =>
    event['type'] === 'response.output_item.done' ? [event['item']] : [],
  );
  const { messages } = openaiResponses.decodeRequest({ model: 'm', input: output }, {});
  expect(messages).toEqual([{ role: 'assistant', parts: everything.choices[0]!.parts }]);
});

test('events are numbered, and the last one ends as the whole response would be', () => {
  const wire = encodeStream(everything);
  const types = (body: unknown) => (body as { readonly output: readonly JsonObject[] }).output.map(({ type }) => type);
  expect(wire.map((event) => event['sequence_number'])).toEqual(wire.map((_, index) => index));
  expect(wire.at(-1)).toMatchObject({ type: 'response.completed' });
  expect(types(wire.at(-1)!['response'])).toEqual(types(openaiResponses.encodeResponse(everything, reply)));
});
