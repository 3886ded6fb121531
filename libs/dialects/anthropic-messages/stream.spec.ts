import { describe, expect, it } from 'vitest';
import type { DecodeContext } from '../dialect.js';
import { type ChatEvent, foldEvents, type JsonObject } from '../neutral/index.js';
import { anthropicMessages } from './index.js';

const start = (id = 'msg_1', usage: JsonObject = { input_tokens: 10, output_tokens: 1 }): JsonObject => ({
  type: 'message_start',
  message: { id, type: 'message', model: 'claude', content: [], usage },
});
const open = (index: number, content_block: JsonObject): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, value: JsonObject): JsonObject => ({ type: 'content_block_delta', index, delta: value });
const text = (index: number, value: string): JsonObject => delta(index, { type: 'text_delta', text: value });
const json = (index: number, partial_json: string): JsonObject =>
  delta(index, { type: 'input_json_delta', partial_json });
const close = (index: number): JsonObject => ({ type: 'content_block_stop', index });
const done = (stop_reason = 'end_turn', usage: JsonObject = { output_tokens: 5 }): JsonObject => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage,
});
const stop: JsonObject = { type: 'message_stop' };
const textBlock = { type: 'text', text: '' };

function decode(events: readonly JsonObject[], context: DecodeContext = {}): ChatEvent[] {
  const decoder = anthropicMessages.decoder(context);
  const wire = events.map((event) => ({ event: null, data: JSON.stringify(event), raw: new Uint8Array() }));
  return [...wire.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}
const types = (events: readonly ChatEvent[]): string => events.map(({ type }) => type).join(' ');
const partsOf = (events: readonly ChatEvent[]) => foldEvents(events).choices[0]!.parts;

describe('a stream read', () => {
  it('takes a repeated message_start as one and counts its tokens once', () => {
    const events = decode([start(), start(), open(0, textBlock), text(0, 'a'), close(0), done(), stop]);
    expect(types(events)).toBe('start usage usage part-start part-delta part-end usage finish end');
    expect(foldEvents(events).usage?.tokens).toMatchObject({ input: 10, output: 5 });
  });

  it('goes on after a spliced message_start, closes what was open and counts both messages', () => {
    const events = decode([
      start('msg_1'),
      open(0, textBlock),
      text(0, 'first '),
      start('msg_2', { input_tokens: 20, output_tokens: 1 }),
      open(0, textBlock),
      text(0, 'second'),
      close(0),
      done(),
      stop,
    ]);
    expect(events.filter(({ type }) => type === 'start')).toHaveLength(1);
    expect(partsOf(events)).toEqual([
      { type: 'text', text: 'first ' },
      { type: 'text', text: 'second' },
    ]);
    expect(foldEvents(events).usage?.tokens).toMatchObject({ input: 30, output: 6 });
  });

  it('has no end without message_stop, but closes its parts and says why it finished', () => {
    expect(types(decode([start(), open(0, textBlock), text(0, 'a')]))).toBe(
      'start usage part-start part-delta part-end',
    );
    expect(types(decode([start(), done()]))).toBe('start usage usage finish');
  });

  it('survives pings, unknown events, unknown deltas, a missing start and a missing stop of a block', () => {
    const events = decode([
      start(),
      { type: 'ping' },
      { type: 'weather_report', index: 0 },
      text(0, 'a'),
      delta(0, { type: 'sparkle_delta', text: 'x' }),
      open(1, textBlock),
      text(1, 'b'),
      done(),
      stop,
    ]);
    expect(partsOf(events)).toEqual([
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]);
  });

  it.each([
    ['none at all', [], '{}'],
    ['an empty piece', [json(0, '')], '{}'],
    ['pieces', [json(0, '{"a"'), json(0, ':1}')], '{"a":1}'],
  ])('a call with %s has arguments that parse', (_, pieces, expected) => {
    const call = { type: 'tool_use', id: 't', name: 'f', input: {} };
    const events = decode([start(), open(0, call), ...pieces, close(0), done('tool_use'), stop]);
    expect(partsOf(events)).toEqual([{ type: 'tool-call', id: 't', name: 'f', arguments: expected }]);
  });

  it('takes arguments that came whole with the start of the call', () => {
    const call = { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } };
    expect(partsOf(decode([start(), open(0, call), close(0), done('tool_use'), stop]))[0]).toMatchObject({
      arguments: '{"a":1}',
    });
  });

  it('makes the call of the stand-in for structured output text, and its end a normal one', () => {
    const call = { type: 'tool_use', id: 't', name: 'answer', input: {} };
    const events = decode([start(), open(0, call), json(0, '{"a":'), json(0, '1}'), close(0), done('tool_use'), stop], {
      outputTool: 'answer',
    });
    expect(foldEvents(events).choices[0]).toMatchObject({
      parts: [{ type: 'text', text: '{"a":1}' }],
      finish: { reason: 'stop' },
    });
  });

  it('keeps thinking with its signature, and redacted thinking', () => {
    const events = decode([
      start(),
      open(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'hm' }),
      delta(0, { type: 'signature_delta', signature: 'sig' }),
      close(0),
      open(1, { type: 'redacted_thinking', data: 'secret' }),
      close(1),
      done(),
      stop,
    ]);
    const own = { type: 'reasoning', dialect: 'anthropic-messages' };
    expect(partsOf(events)).toEqual([
      { ...own, text: 'hm', signature: 'sig' },
      { ...own, text: '', encrypted: 'secret' },
    ]);
  });

  it('keeps a block that only this dialect knows whole, its arguments included', () => {
    const block = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
    const events = decode([start(), open(0, block), json(0, '{"query":"x"}'), close(0), done('pause_turn'), stop]);
    expect(foldEvents(events).choices[0]).toMatchObject({
      parts: [{ type: 'opaque', value: { ...block, input: { query: 'x' } } }],
      finish: { reason: 'pause', raw: 'pause_turn' },
    });
  });

  it('reports an error inside the stream once, as the last event', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const events = decode([start(), open(0, textBlock), text(0, 'a'), error, text(0, 'b'), stop]);
    expect(types(events)).toBe('start usage part-start part-delta part-end error');
    expect(events.at(-1)).toMatchObject({ error: { kind: 'overloaded', status: null } });
  });

  it('knows the bare error object that some servers send, and so does the meter', () => {
    const bare = { error: { type: 'overloaded_error', message: 'busy' } };
    expect(decode([start(), bare]).at(-1)).toMatchObject({ type: 'error', error: { kind: 'overloaded' } });
    const { meter } = anthropicMessages.passThrough(
      '{}',
      {},
      { upstreamModel: 'm', maxOutputTokens: 1, provider: 'p' },
    );
    const pushed = meter.push({ event: null, data: JSON.stringify(bare), raw: new Uint8Array() });
    expect(pushed).toMatchObject({ content: false, error: { kind: 'overloaded' } });
  });

  it("tells the provider's remark on a refusal", () => {
    const refusal = {
      type: 'message_delta',
      delta: { stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'bio', explanation: 'No.' } },
      usage: { output_tokens: 2 },
    };
    expect(foldEvents(decode([start(), refusal, stop])).choices[0]).toEqual({
      index: 0,
      parts: [{ type: 'refusal', text: 'No.' }],
      finish: { reason: 'refusal', raw: 'refusal' },
    });
  });
});

describe('a stream written', () => {
  const reply = {
    callId: '0190-abc',
    createdSec: 0,
    model: 'asked-for',
    request: { dialect: 'openai-chat' as const, model: 'm', stream: true, streamUsage: true, messages: [], rest: {} },
  };
  const write = (events: readonly ChatEvent[]): JsonObject[] => {
    const encoder = anthropicMessages.encoder(reply);
    const wire = events.map((event) => encoder.push(event)).join('');
    return wire
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice(6)) as JsonObject);
  };
  const call = (part: number, id: string): ChatEvent => ({
    type: 'part-start',
    choice: 0,
    part,
    start: { kind: 'tool-call', id, name: 'f' },
  });
  const args = (part: number, value: string): ChatEvent => ({
    type: 'part-delta',
    choice: 0,
    part,
    delta: { kind: 'arguments', json: value },
  });
  const end = (part: number): ChatEvent => ({ type: 'part-end', choice: 0, part });

  it('never overlaps blocks, though parallel calls arrive interleaved', () => {
    const wire = write([
      { type: 'start', id: 'chatcmpl-1', model: 'gpt' },
      call(0, 'a'),
      call(1, 'b'),
      args(0, '{"x":'),
      args(1, '{}'),
      args(0, '1}'),
      end(1),
      end(0),
      { type: 'finish', choice: 0, finish: { reason: 'tool-calls', raw: 'tool_calls' } },
      { type: 'end' },
    ]);
    expect(wire.map(({ type, index }) => `${String(type)}${index === undefined ? '' : String(index)}`)).toEqual([
      'message_start',
      'content_block_start0',
      'content_block_delta0',
      'content_block_delta0',
      'content_block_stop0',
      'content_block_start1',
      'content_block_delta1',
      'content_block_stop1',
      'message_delta',
      'message_stop',
    ]);
    expect(wire[0]).toMatchObject({ message: { id: 'msg_0190abc', model: 'asked-for' } });
    expect(wire.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
  });

  it('has the words of a refusal as text, and says them once', () => {
    const wire = write([
      { type: 'start', id: 'x', model: 'y' },
      { type: 'part-start', choice: 0, part: 0, start: { kind: 'refusal' } },
      { type: 'part-delta', choice: 0, part: 0, delta: { kind: 'text', text: 'I cannot.' } },
      end(0),
      { type: 'finish', choice: 0, finish: { reason: 'refusal', raw: 'stop' } },
      { type: 'end' },
    ]);
    expect(wire[2]).toMatchObject({ delta: { type: 'text_delta', text: 'I cannot.' } });
    expect(wire.at(-2)).toMatchObject({
      delta: { stop_reason: 'refusal', stop_details: { explanation: null } },
    });
  });

  it('tells the proof of a call in a delta, where SDKs look for it', () => {
    const start = { kind: 'tool-call', id: 'c', name: 'f', signature: 'proof' } as const;
    const wire = write([
      { type: 'start', id: 'x', model: 'y' },
      { type: 'part-start', choice: 0, part: 0, start },
      end(0),
      { type: 'end' },
    ]);
    expect(wire.slice(1, 4)).toMatchObject([
      { type: 'content_block_start', content_block: { type: 'thinking', signature: '' } },
      { type: 'content_block_delta', delta: { type: 'signature_delta', signature: expect.stringMatching(/./) } },
      { type: 'content_block_stop' },
    ]);
  });

  it("hides a provider's own words on failure", () => {
    const error = { kind: 'server', message: 'internal: key sk-1', status: null } as const;
    const wire = write([
      { type: 'start', id: 'x', model: 'y' },
      { type: 'error', error },
    ]);
    expect(wire.at(-1)).toMatchObject({ type: 'error', error: { type: 'api_error' } });
    expect(JSON.stringify(wire)).not.toContain('sk-1');
  });
});
