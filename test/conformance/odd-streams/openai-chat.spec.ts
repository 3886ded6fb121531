import { test } from 'vitest';
import type { JsonObject } from '#libs/dialects';
import { check, type OddStream } from './check.js';

const DONE = '[DONE]';

const O = (delta: unknown, finish: string | null = null, more: JsonObject = {}): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const oUsage = (prompt_tokens: number, completion_tokens: number): JsonObject => ({
  usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
});
const oCall = (call: JsonObject): JsonObject => O({ tool_calls: [call] });

const openai: readonly OddStream[] = [
  { name: 'no role', events: [O({ content: 'a' }), O({}, 'stop'), DONE], text: 'a', finish: 'stop' },
  { name: 'no [DONE]', events: [O({ content: 'a' }), O({}, 'stop')], text: 'a', finish: 'stop' },
  { name: 'no finish reason, but [DONE]', events: [O({ content: 'a' }), DONE], text: 'a' },
  { name: 'neither', events: [O({ content: 'a' })], text: 'a', ended: false },
  {
    name: 'content and finish reason in one chunk',
    events: [O({ content: 'a' }, 'stop'), DONE],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'the finish reason twice',
    events: [O({ content: 'a' }), O({}, 'stop'), O({}, 'stop'), DONE],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'usage in every chunk',
    events: [
      O({ content: 'a' }, null, oUsage(3, 1)),
      O({ content: 'b' }, null, oUsage(3, 2)),
      O({}, 'stop', oUsage(3, 2)),
      DONE,
    ],
    text: 'ab',
    finish: 'stop',
    input: 3,
    output: 2,
  },
  {
    name: 'usage before the content',
    events: [{ ...O({}), choices: [], ...oUsage(3, 9) }, O({ content: 'a' }, 'stop'), DONE],
    text: 'a',
    finish: 'stop',
    input: 3,
    output: 9,
  },
  {
    name: 'choices, delta and content that are null',
    events: [{ ...O({}), choices: null }, O(null), O({ content: null }), O({ content: 'a' }, 'stop'), DONE],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'a first chunk about filters only',
    events: [{ choices: [], prompt_filter_results: [] }, O({ content: 'a' }, 'stop'), DONE],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'calls without an index',
    events: [
      O({ tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{"x":1}' } }] }),
      O({ tool_calls: [{ id: 'b', function: { name: 'g', arguments: '{}' } }] }),
      O({}, 'tool_calls'),
      DONE,
    ],
    calls: [
      ['f', { x: 1 }],
      ['g', {}],
    ],
    finish: 'tool-calls',
  },
  {
    name: 'a call without arguments',
    events: [oCall({ index: 0, id: 'a', type: 'function', function: { name: 'f' } }), O({}, 'tool_calls'), DONE],
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
  {
    name: 'arguments in pieces, id and name repeated',
    events: [
      oCall({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
      oCall({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }),
      oCall({ index: 0, id: '', function: { name: '', arguments: ':1}' } }),
      O({}, 'tool_calls'),
      DONE,
    ],
    calls: [['f', { x: 1 }]],
    finish: 'tool-calls',
  },
  {
    name: 'pieces of two calls by turns',
    events: [
      oCall({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }),
      oCall({ index: 1, id: 'b', function: { name: 'g', arguments: '{"y"' } }),
      oCall({ index: 0, function: { arguments: ':1}' } }),
      oCall({ index: 1, function: { arguments: ':2}' } }),
      O({}, 'tool_calls'),
      DONE,
    ],
    calls: [
      ['f', { x: 1 }],
      ['g', { y: 2 }],
    ],
    finish: 'tool-calls',
  },
  {
    name: 'calls that end with stop',
    events: [oCall({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }), O({}, 'stop'), DONE],
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
  { name: 'a refusal', events: [O({ refusal: 'no' }), O({}, 'stop'), DONE], text: 'no', finish: 'refusal' },
  { name: 'an unknown finish reason', events: [O({ content: 'a' }, 'bored'), DONE], text: 'a', finish: 'other' },
  {
    name: 'an error after text',
    events: [O({ content: 'a' }), { error: { message: 'x', type: 'server_error', code: null } }],
    text: 'a',
    error: 'server',
  },
  { name: 'an error that is a text', events: [{ error: 'overloaded' }], error: 'overloaded' },
  {
    name: 'a vendor’s bare error object',
    events: [O({ content: 'a' }), { object: 'error', message: 'x', type: 'BadRequestError', code: 400 }],
    text: 'a',
    error: 'invalid-request',
  },
  {
    name: 'lines that are no JSON',
    events: ['', 'garbage', O({ content: 'a' }), 'null', '[]', O({}, 'stop'), DONE],
    text: 'a',
    finish: 'stop',
  },
  { name: 'an event that breaks off', events: [O({ content: 'a' }), '{"choices":['], text: 'a', error: 'server' },
  {
    name: 'chunks after [DONE]',
    events: [O({ content: 'a' }, 'stop'), DONE, O({ content: 'b' }), DONE],
    text: 'a',
    finish: 'stop',
  },
];

test.each(openai)('a stream with $name makes sense on every surface', (stream) => {
  check('openai-chat', stream);
});
