import { test } from 'vitest';
import type { JsonObject } from '#libs/dialects';
import { check, type OddStream } from './check.js';

const DONE = '[DONE]';

const G = (parts: unknown, more: JsonObject = {}, top: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  ...top,
});
const gUsage = (promptTokenCount: number, candidatesTokenCount: number): JsonObject => ({
  usageMetadata: { promptTokenCount, candidatesTokenCount, totalTokenCount: promptTokenCount + candidatesTokenCount },
});

const gemini: readonly OddStream[] = [
  {
    name: 'usage in every chunk',
    events: [G([{ text: 'a' }], {}, gUsage(3, 1)), G([{ text: 'b' }], { finishReason: 'STOP' }, gUsage(3, 2))],
    text: 'ab',
    finish: 'stop',
    input: 3,
    output: 2,
  },
  {
    name: 'usage in the first chunk only',
    events: [G([{ text: 'a' }], {}, gUsage(3, 1)), G([{ text: 'b' }], { finishReason: 'STOP' })],
    text: 'ab',
    finish: 'stop',
    input: 3,
    output: 1,
  },
  { name: 'usage in no chunk', events: [G([{ text: 'a' }], { finishReason: 'STOP' })], text: 'a', finish: 'stop' },
  {
    name: 'usage in a chunk of its own after the end',
    events: [G([{ text: 'a' }], { finishReason: 'STOP' }), gUsage(3, 1)],
    text: 'a',
    finish: 'stop',
    input: 3,
    output: 1,
  },
  { name: 'no finish reason', events: [G([{ text: 'a' }])], text: 'a', ended: false },
  {
    name: 'a finish reason without content',
    events: [G([{ text: 'a' }]), { candidates: [{ finishReason: 'STOP' }] }],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'content without parts',
    events: [
      { candidates: [{ content: { role: 'model' } }] },
      { candidates: [{ content: {}, finishReason: 'MAX_TOKENS' }] },
    ],
    finish: 'length',
  },
  {
    name: 'no candidates',
    events: [{ candidates: [] }, {}, G([{ text: 'a' }], { finishReason: 'STOP' })],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'a blocked prompt',
    events: [{ promptFeedback: { blockReason: 'SAFETY' }, ...gUsage(3, 0) }],
    finish: 'content-filter',
    input: 3,
    output: 0,
  },
  {
    name: 'a blocked answer',
    events: [G([{ text: 'a' }]), { candidates: [{ finishReason: 'SAFETY', index: 0 }] }],
    text: 'a',
    finish: 'content-filter',
  },
  {
    name: 'a call without arguments',
    events: [G([{ functionCall: { name: 'f' } }], { finishReason: 'STOP' })],
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
  {
    name: 'a call whose arguments are null',
    events: [G([{ functionCall: { name: 'f', args: null } }], { finishReason: 'STOP' })],
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
  {
    name: 'calls in several chunks',
    events: [
      G([{ functionCall: { name: 'f', args: { x: 1 } } }]),
      G([{ functionCall: { name: 'f', args: { x: 2 } } }]),
      G([{ text: '' }], { finishReason: 'STOP' }),
    ],
    calls: [
      ['f', { x: 1 }],
      ['f', { x: 2 }],
    ],
    finish: 'tool-calls',
  },
  {
    name: 'parts of unknown kinds',
    events: [G([{ hologram: 1 }, { text: 'a' }, {}], { finishReason: 'STOP' })],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'an unknown finish reason',
    events: [G([{ text: 'a' }], { finishReason: 'BORED' })],
    text: 'a',
    finish: 'other',
  },
  {
    name: 'an error after text',
    events: [G([{ text: 'a' }]), { error: { code: 503, status: 'UNAVAILABLE', message: 'x' } }],
    text: 'a',
    error: 'overloaded',
  },
  {
    name: 'an error in a list',
    events: [JSON.stringify([{ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'x' } }])],
    error: 'rate-limit',
  },
  {
    name: 'lines that are no JSON',
    events: ['', 'garbage', G([{ text: 'a' }]), 'null', DONE, G([], { finishReason: 'STOP' })],
    text: 'a',
    finish: 'stop',
  },
  { name: 'an event that breaks off', events: [G([{ text: 'a' }]), '{"candidates":['], text: 'a', error: 'server' },
  {
    name: 'text after the finish reason',
    events: [G([{ text: 'a' }], { finishReason: 'STOP' }), G([{ text: 'b' }], { finishReason: 'STOP' })],
    text: 'ab',
    finish: 'stop',
  },
];

test.each(gemini)('a stream with $name makes sense on every surface', (stream) => {
  check('gemini', stream);
});
