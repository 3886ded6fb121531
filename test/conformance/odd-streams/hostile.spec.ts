import { describe, test } from 'vitest';
import type { DialectId, JsonObject } from '#libs/dialects';
import { check, type OddStream } from './check.js';

const DONE = '[DONE]';
const O = (delta: unknown, finish: unknown = null, more: JsonObject = {}): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const call = (...calls: readonly JsonObject[]): JsonObject => O({ tool_calls: calls });

/** From reports about vendors, proxies and local servers that speak OpenAI's dialect in their own ways. */
const openai: readonly OddStream[] = [
  {
    name: 'usage null in every chunk, then a chunk without choices',
    events: [
      O({ role: 'assistant', content: '' }, null, { usage: null }),
      O({ content: 'a' }, null, { usage: null }),
      O({}, 'stop', { usage: null }),
      { id: 'c', choices: [], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } },
      DONE,
    ],
    text: 'a',
    finish: 'stop',
    input: 3,
    output: 1,
  },
  {
    name: 'content as a list of parts',
    events: [
      O({ content: [{ type: 'text', text: 'a' }] }),
      O({ content: [{ type: 'text', text: 'b' }] }, 'stop'),
      DONE,
    ],
    text: 'ab',
    finish: 'stop',
  },
  {
    name: 'a finish reason that is an empty text until the end',
    events: [O({ content: 'a' }, ''), O({ content: 'b' }, ''), O({}, 'stop'), DONE],
    text: 'ab',
    finish: 'stop',
  },
  {
    name: 'a finish reason that is an empty text, and a cut',
    events: [O({ content: 'a' }, ''), O({ content: 'b' }, '')],
    text: 'ab',
    ended: false,
  },
  {
    name: 'parallel calls whose index is always 0',
    events: [
      call({ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }),
      call({ index: 0, id: 'b', type: 'function', function: { name: 'g', arguments: '{"y":2}' } }),
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
    name: 'parallel calls in one chunk, pieces without index by id',
    events: [
      call({ id: 'a', function: { name: 'f', arguments: '' } }, { id: 'b', function: { name: 'g', arguments: '' } }),
      call({ id: 'a', function: { arguments: '{"x":1}' } }),
      call({ id: 'b', function: { arguments: '{"y":2}' } }),
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
    name: 'a call whose id comes once, and whose pieces have neither index nor id',
    events: [
      call({ id: 'a', function: { name: 'f', arguments: '' } }),
      call({ function: { arguments: '{"x"' } }),
      call({ function: { arguments: ':1}' } }),
      O({}, 'tool_calls'),
      DONE,
    ],
    calls: [['f', { x: 1 }]],
    finish: 'tool-calls',
  },
  {
    name: 'arguments that are an object',
    events: [call({ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }), O({}, 'tool_calls'), DONE],
    calls: [['f', { x: 1 }]],
    finish: 'tool-calls',
  },
  {
    name: 'a call, and a cut inside its arguments',
    events: [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }),
      call({ index: 0, function: { arguments: '' } }),
    ],
    calls: [['f', {}]],
    ended: false,
  },
  {
    name: 'text after a call',
    events: [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }),
      O({ content: 'and text' }),
      O({}, 'tool_calls'),
      DONE,
    ],
    text: 'and text',
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
  {
    name: 'a message instead of a delta',
    events: [
      {
        id: 'c',
        choices: [{ index: 0, message: { role: 'assistant', content: 'all of it' }, finish_reason: 'stop' }],
      },
      DONE,
    ],
    text: 'all of it',
    finish: 'stop',
  },
  {
    name: 'a finish reason of error',
    events: [O({ content: 'a' }), O({ content: '' }, 'error'), DONE],
    text: 'a',
    finish: 'error',
  },
  {
    name: 'an error beside choices',
    events: [O({ content: 'a' }), { ...O({ content: '' }, 'error'), error: { code: 502, message: 'provider died' } }],
    text: 'a',
    error: 'server',
  },
  {
    name: 'an error with status 429 as a number',
    events: [{ error: { code: 429, message: 'slow down' } }],
    error: 'rate-limit',
  },
];

const G = (parts: unknown, more: JsonObject = {}, top: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  ...top,
});
const gemini: readonly OddStream[] = [
  {
    name: 'a finish reason in every event',
    events: [G([{ text: 'a' }], { finishReason: 'STOP' }), G([{ text: 'b' }], { finishReason: 'STOP' })],
    text: 'ab',
    finish: 'stop',
  },
  {
    name: 'a finish reason that is null, and a cut',
    events: [G([{ text: 'a' }], { finishReason: null }), G([{ text: 'b' }], { finishReason: null })],
    text: 'ab',
    ended: false,
  },
  {
    name: 'a finish reason that says nothing, and a cut',
    events: [G([{ text: 'a' }], { finishReason: 'FINISH_REASON_UNSPECIFIED' })],
    text: 'a',
    ended: false,
  },
  {
    name: 'empty parts and empty texts',
    events: [G([]), G([{}]), G([{ text: '' }]), G([{ text: 'a' }], { finishReason: 'STOP' })],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'a signature on a call and in a part of its own',
    events: [
      G([{ functionCall: { name: 'f', args: {} }, thoughtSignature: 'c2ln' }]),
      G([{ text: '', thoughtSignature: 'c2ln' }], { finishReason: 'STOP' }),
    ],
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
  {
    name: 'a prompt that was blocked, with usage and without candidates',
    events: [{ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 3, totalTokenCount: 3 } }],
    finish: 'content-filter',
    input: 3,
    output: 0,
  },
  {
    name: 'a malformed call',
    events: [{ candidates: [{ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL', index: 0 }] }],
    finish: 'error',
  },
];

const A = {
  start: {
    type: 'message_start',
    message: {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'c',
      content: [],
      usage: { input_tokens: 5, output_tokens: 1 },
    },
  },
  text: (text: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  open: { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  close: { type: 'content_block_stop', index: 0 },
  end: (stop_reason: unknown) => ({ type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 7 } }),
  stop: { type: 'message_stop' },
};
const anthropic: readonly OddStream[] = [
  {
    name: 'an error after the start',
    events: [A.start, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    error: 'overloaded',
    input: 5,
    output: 1,
  },
  {
    name: 'an error inside a block',
    events: [A.start, A.open, A.text('a'), { type: 'error', error: { type: 'api_error', message: 'x' } }],
    text: 'a',
    error: 'server',
    input: 5,
    output: 1,
  },
  {
    name: 'a stop reason that is null, and a cut',
    events: [A.start, A.open, A.text('a'), A.close, A.end(null)],
    text: 'a',
    ended: false,
    input: 5,
    output: 7,
  },
  {
    name: 'a paused turn',
    events: [A.start, A.open, A.text('a'), A.close, A.end('pause_turn'), A.stop],
    text: 'a',
    finish: 'pause',
    input: 5,
    output: 7,
  },
];

const cohere: readonly OddStream[] = [
  {
    name: 'a cut before the end',
    events: [
      { type: 'message-start', id: 'm' },
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'a' } } } },
    ],
    text: 'a',
    ended: false,
  },
  {
    name: 'an end in error',
    events: [
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: 'a' } } } },
      { type: 'message-end', delta: { finish_reason: 'ERROR', error: 'it broke' } },
    ],
    text: 'a',
    error: 'server',
  },
  {
    name: 'a call without arguments',
    events: [
      { type: 'message-start', id: 'm' },
      {
        type: 'tool-call-start',
        index: 0,
        delta: { message: { tool_calls: { id: 'a', type: 'function', function: { name: 'f', arguments: '' } } } },
      },
      { type: 'tool-call-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'TOOL_CALL' } },
    ],
    calls: [['f', {}]],
    finish: 'tool-calls',
  },
];

const B = (type: string, payload: JsonObject): JsonObject => ({ [type]: payload });
const bedrock: readonly OddStream[] = [
  {
    name: 'a text without the start of its block, and a cut',
    events: [
      B('messageStart', { role: 'assistant' }),
      B('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } }),
    ],
    text: 'a',
    ended: false,
  },
  {
    name: 'no metadata',
    events: [
      B('messageStart', { role: 'assistant' }),
      B('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } }),
      B('contentBlockStop', { contentBlockIndex: 0 }),
      B('messageStop', { stopReason: 'end_turn' }),
    ],
    text: 'a',
    finish: 'stop',
  },
  {
    name: 'an exception in the middle',
    events: [
      B('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } }),
      B('modelStreamErrorException', { message: 'it broke' }),
    ],
    text: 'a',
    error: 'server',
  },
  {
    name: 'throttled in the middle',
    events: [
      B('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } }),
      B('throttlingException', { message: 'slow down' }),
    ],
    text: 'a',
    error: 'rate-limit',
  },
];

const all: Partial<Record<DialectId, readonly OddStream[]>> = {
  'openai-chat': openai,
  gemini,
  'anthropic-messages': anthropic,
  'cohere-chat': cohere,
  'bedrock-converse': bedrock,
};

describe.each(Object.entries(all))('hostile streams of %s', (id, streams) => {
  test.each(streams.map((odd) => [odd.name, odd] as const))('%s', (_, odd) => check(id as DialectId, odd));
});
