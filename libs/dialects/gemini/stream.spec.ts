import { describe, expect, it } from 'vitest';
import type { DecodeContext } from '../dialect.js';
import { type ChatEvent, foldEvents, type JsonObject, type PartDelta } from '../neutral/index.js';
import { gemini } from './index.js';
import { PartialArguments } from './partial-args.js';

const chunk = (parts: readonly object[], candidate: object = {}, members: object = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...candidate }],
  responseId: 'r1',
  modelVersion: 'gemini-x',
  ...members,
});
const done = { finishReason: 'STOP' };

function decode(pieces: readonly unknown[], context: DecodeContext = {}): ChatEvent[] {
  const decoder = gemini.decoder(context);
  const wire = pieces.map((piece) => ({ event: null, data: JSON.stringify(piece), raw: new Uint8Array() }));
  return [...wire.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}
const types = (events: readonly ChatEvent[]): string => events.map(({ type }) => type).join(' ');
const choiceOf = (events: readonly ChatEvent[]) => foldEvents(events).choices[0]!;

describe('a stream read', () => {
  it('joins the pieces of a text, and ends when the candidate said why it finished', () => {
    const events = decode([chunk([{ text: 'a' }]), chunk([{ text: 'b' }], done)]);
    expect(types(events)).toBe('start part-start part-delta part-delta part-end finish end');
    expect(choiceOf(events)).toMatchObject({
      parts: [{ type: 'text', text: 'ab' }],
      finish: { reason: 'stop', raw: 'STOP' },
    });
  });

  it('has no end where the connection broke before the finish', () => {
    expect(types(decode([chunk([{ text: 'a' }])]))).toBe('start part-start part-delta part-end');
    expect(decode([])).toEqual([]);
  });

  it('takes a finish reason in every event for one finish', () => {
    const events = decode([chunk([{ text: 'a' }], done), chunk([{ text: 'b' }], done)]);
    expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1);
    expect(choiceOf(events).parts).toEqual([{ type: 'text', text: 'ab' }]);
  });

  it('gives calls without an id one that holds the answer, and calls without arguments an empty object', () => {
    const events = decode([
      chunk([{ functionCall: { name: 'f' } }, { functionCall: { name: 'f', args: { a: 1 } } }], done),
    ]);
    expect(choiceOf(events)).toMatchObject({
      parts: [
        { type: 'tool-call', id: 'call_r1_0', arguments: '{}' },
        { type: 'tool-call', id: 'call_r1_1', arguments: '{"a":1}' },
      ],
      finish: { reason: 'tool-calls', raw: 'STOP' },
    });
  });

  it('ends a call in pieces when another begins, when text comes, and when the stream breaks', () => {
    const begin = (name: string) => ({ functionCall: { name, willContinue: true } });
    const piece = (value: string) => ({
      functionCall: { partialArgs: [{ jsonPath: '$.a', stringValue: value, willContinue: true }], willContinue: true },
    });
    const events = decode([
      chunk([begin('f')]),
      chunk([piece('x')]),
      chunk([piece('y')]),
      chunk([begin('g')]),
      chunk([{ text: 'and' }]),
      chunk([begin('h')]),
      chunk([piece('z')]),
    ]);
    expect(choiceOf(events).parts).toMatchObject([
      { name: 'f', arguments: '{"a":"xy"}' },
      { name: 'g', arguments: '{}' },
      { type: 'text', text: 'and' },
      { name: 'h', arguments: '{"a":"z"}' },
    ]);
  });

  it('tells thoughts from text and keeps every signature where it was', () => {
    const events = decode([
      chunk([{ text: 'hm', thought: true }]),
      chunk([{ text: ' so', thought: true, thoughtSignature: 's1' }]),
      chunk([{ text: 'yes' }]),
      chunk([{ functionCall: { name: 'f', id: 'c' }, thoughtSignature: 's2' }]),
      chunk([{ text: '', thoughtSignature: 's3' }], done),
    ]);
    const own = { type: 'reasoning', dialect: 'gemini' };
    expect(choiceOf(events).parts).toEqual([
      { ...own, text: 'hm so', signature: 's1' },
      { type: 'text', text: 'yes' },
      { type: 'tool-call', id: 'c', name: 'f', arguments: '{}', signature: 's2' },
      { ...own, text: '', signature: 's3' },
    ]);
  });

  it('keeps candidates apart', () => {
    const events = decode([
      chunk([{ text: 'a' }]),
      chunk([{ text: 'b' }], { index: 1 }),
      chunk([{ text: 'A' }], done),
      chunk([{ text: 'B' }], { index: 1, finishReason: 'MAX_TOKENS' }),
    ]);
    expect(foldEvents(events).choices).toMatchObject([
      { index: 0, parts: [{ text: 'aA' }], finish: { reason: 'stop' } },
      { index: 1, parts: [{ text: 'bB' }], finish: { reason: 'length' } },
    ]);
  });

  it('makes a blocked prompt an answer that was filtered', () => {
    const events = decode([{ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 4 } }]);
    expect(types(events)).toBe('start usage finish end');
    expect(choiceOf(events).finish).toEqual({ reason: 'content-filter', raw: 'SAFETY' });
  });

  it('reports an error inside the stream, even wrapped in a list', () => {
    const error = { error: { code: 503, status: 'UNAVAILABLE', message: 'busy' } };
    for (const wire of [error, [error]]) {
      const events = decode([chunk([{ text: 'a' }]), wire, chunk([{ text: 'b' }], done)]);
      expect(types(events)).toBe('start part-start part-delta part-end error');
      expect(events.at(-1)).toMatchObject({ error: { kind: 'overloaded', status: null } });
    }
  });

  it('makes the call of the stand-in for structured output text', () => {
    const events = decode([chunk([{ functionCall: { name: 'answer', args: { a: 1 } } }], done)], {
      outputTool: 'answer',
    });
    expect(choiceOf(events)).toMatchObject({ parts: [{ type: 'text', text: '{"a":1}' }], finish: { reason: 'stop' } });
  });

  it('turns grounding into citations with character offsets, and keeps it whole for its own dialect', () => {
    const groundingMetadata = {
      groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }],
      groundingSupports: [{ segment: { startIndex: 3, endIndex: 7, text: 'wahr' }, groundingChunkIndices: [0] }],
    };
    const events = decode([chunk([{ text: 'ü ' }]), chunk([{ text: 'wahr.' }], { ...done, groundingMetadata })]);
    expect(choiceOf(events).parts).toMatchObject([
      { type: 'text', text: 'ü wahr.', citations: [{ url: 'https://a', title: 'A', start: 2, end: 6 }] },
      { type: 'opaque', dialect: 'gemini', value: { groundingMetadata } },
    ]);
  });

  it('ignores what is no answer', () => {
    const decoder = gemini.decoder({});
    for (const data of ['', '[DONE]', 'garbage', '1', 'null']) {
      expect(decoder.push({ event: null, data, raw: new Uint8Array() })).toEqual([]);
    }
  });
});

describe('arguments in pieces', () => {
  it.each([
    [[{ jsonPath: '$.a[1]', numberValue: 2 }], '{"a":[null,2]}'],
    [[{ jsonPath: "$['b c'].d", boolValue: false }], '{"b c":{"d":false}}'],
    [[{ jsonPath: '$["x\\"y"]', nullValue: 'NULL_VALUE' }], '{"x\\"y":null}'],
    [[{ jsonPath: '$.__proto__.x', stringValue: 'no' }], '{}'],
    [[{ jsonPath: '$.a[4294967294]', stringValue: 'no' }], '{}'],
    [[{ jsonPath: '$..a', stringValue: 'no' }, 7, { jsonPath: '$.a' }], '{}'],
  ])('%j make %s', (pieces, expected) => {
    const args = new PartialArguments();
    for (const piece of pieces) args.add(piece);
    expect(args.json).toBe(expected);
  });
});

describe('a stream written', () => {
  it("shows another provider's reasoning as a thought with its proof sealed in, which comes back whole", () => {
    const request = gemini.decodeRequest({ contents: [{ parts: [{ text: 'x' }] }] }, { model: 'm' });
    const encoder = gemini.encoder({ callId: 'c', createdSec: 0, model: 'm', request });
    const events: ChatEvent[] = [
      { type: 'start', id: 'x', model: 'y' },
      { type: 'part-start', choice: 0, part: 0, start: { kind: 'reasoning', dialect: 'anthropic-messages' } },
      { type: 'part-delta', choice: 0, part: 0, delta: { kind: 'text', text: 'hm' } },
      { type: 'part-delta', choice: 0, part: 0, delta: { kind: 'signature', signature: 'sig' } },
      { type: 'part-end', choice: 0, part: 0 },
      { type: 'finish', choice: 0, finish: { reason: 'stop', raw: 'end_turn' } },
      { type: 'end' },
    ];
    const wire = events.map((event) => encoder.push(event)).join('');
    const parts = wire
      .split('\n\n')
      .filter(Boolean)
      .flatMap(
        (event) =>
          (JSON.parse(event.slice(6)) as { candidates: { content: { parts: object[] } }[] }).candidates[0]!.content
            .parts,
      );
    const { messages } = gemini.decodeRequest({ contents: [{ role: 'model', parts }] }, { model: 'm' });
    expect(messages[0]?.parts).toContainEqual(
      expect.objectContaining({ type: 'reasoning', dialect: 'anthropic-messages', signature: 'sig' }),
    );
  });
});

describe('a stream written', () => {
  it('has the proof of a thought on its last words, since SDKs drop parts without', () => {
    const encoder = gemini.encoder({
      callId: 'c',
      createdSec: 0,
      model: 'm',
      request: { dialect: 'gemini', model: 'm', stream: true, streamUsage: true, messages: [], rest: {} },
    });
    const thought = (delta: PartDelta): ChatEvent => ({ type: 'part-delta', choice: 0, part: 0, delta });
    const events: ChatEvent[] = [
      { type: 'part-start', choice: 0, part: 0, start: { kind: 'reasoning', dialect: 'anthropic-messages' } },
      thought({ kind: 'text', text: 'h' }),
      thought({ kind: 'text', text: 'm' }),
      thought({ kind: 'signature', signature: 's' }),
      { type: 'part-end', choice: 0, part: 0 },
    ];
    const parts = events
      .map((event) => encoder.push(event))
      .filter((sse) => sse !== '')
      .map((sse) => (JSON.parse(sse.slice('data: '.length)) as { candidates: { content: unknown }[] }).candidates[0]);
    expect(parts).toMatchObject([
      { content: { parts: [{ text: 'h', thought: true }] } },
      { content: { parts: [{ text: 'm', thought: true, thoughtSignature: expect.stringMatching(/./) }] } },
    ]);
  });
});
