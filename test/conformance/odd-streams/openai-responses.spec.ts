import { test } from 'vitest';
import type { JsonObject } from '#libs/dialects';
import { check, type OddStream } from './check.js';

const DONE = '[DONE]';

const R = (type: string, more: JsonObject = {}): JsonObject => ({
  type: `response.${type}`,
  sequence_number: 0,
  ...more,
});
const rHead = { id: 'resp_1', object: 'response', created_at: 1, model: 'm', output: [] };
const rUsage = { usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 } };
const message = (text: string) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const call = (args: string | undefined) => ({
  id: 'fc_1',
  type: 'function_call',
  call_id: 'c1',
  name: 'f',
  ...(args === undefined ? {} : { arguments: args }),
});
const completed = (...output: unknown[]) =>
  R('completed', { response: { ...rHead, status: 'completed', output, ...rUsage } });
const said = [
  R('output_item.added', { output_index: 0, item: { ...message(''), content: [] } }),
  R('content_part.added', {
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    part: { type: 'output_text', text: '' },
  }),
  R('output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'hi' }),
] as const;

const responses: readonly OddStream[] = [
  { name: 'no created', events: [...said, completed(message('hi'))], text: 'hi', finish: 'stop', input: 3, output: 2 },
  {
    name: 'created twice',
    events: [R('created', { response: rHead }), R('created', { response: rHead }), ...said, completed(message('hi'))],
    text: 'hi',
    finish: 'stop',
    input: 3,
    output: 2,
  },
  {
    name: 'no deltas, only what is done',
    events: [
      R('created', { response: rHead }),
      R('output_item.done', { output_index: 0, item: message('hi') }),
      completed(message('hi')),
    ],
    text: 'hi',
    finish: 'stop',
    input: 3,
    output: 2,
  },
  {
    name: 'nothing but the completed response',
    events: [completed(message('hi'), call('{"x":1}'))],
    text: 'hi',
    calls: [['f', { x: 1 }]],
    finish: 'tool-calls',
    input: 3,
    output: 2,
  },
  {
    name: 'a delta whose item was never added',
    events: [R('created', { response: rHead }), said[2], completed(message('hi'))],
    text: 'hi',
    finish: 'stop',
    input: 3,
    output: 2,
  },
  {
    name: 'a call without arguments',
    events: [
      R('output_item.added', { output_index: 0, item: call('') }),
      R('output_item.done', { output_index: 0, item: call('') }),
      completed(call('')),
    ],
    calls: [['f', {}]],
    finish: 'tool-calls',
    input: 3,
    output: 2,
  },
  {
    name: 'arguments in no delta',
    events: [
      R('output_item.added', { output_index: 0, item: call('') }),
      R('output_item.done', { output_index: 0, item: call('{"x":1}') }),
      completed(call('{"x":1}')),
    ],
    calls: [['f', { x: 1 }]],
    finish: 'tool-calls',
    input: 3,
    output: 2,
  },
  {
    name: 'unknown events and items',
    events: [
      R('hologram.delta', { delta: 'x' }),
      { type: 'keepalive' },
      ...said,
      R('output_item.added', { output_index: 1, item: { type: 'hologram' } }),
      R('output_item.done', { output_index: 1, item: { type: 'hologram' } }),
      completed(message('hi'), { type: 'hologram' }),
    ],
    text: 'hi',
    finish: 'stop',
    input: 3,
    output: 2,
  },
  { name: 'no terminal event', events: [R('created', { response: rHead }), ...said], text: 'hi', ended: false },
  {
    name: 'a response that failed',
    events: [
      ...said,
      R('failed', { response: { ...rHead, status: 'failed', error: { code: 'server_error', message: 'x' } } }),
    ],
    text: 'hi',
    error: 'server',
  },
  {
    name: 'an error',
    events: [{ type: 'error', code: 'rate_limit_exceeded', message: 'x', param: null }],
    error: 'rate-limit',
  },
  {
    name: 'an error of another shape',
    events: [{ type: 'error', error: { type: 'requests', code: 'rate_limit_exceeded', message: 'x' } }],
    error: 'rate-limit',
  },
  {
    name: 'an incomplete response',
    events: [
      ...said,
      R('incomplete', {
        response: {
          ...rHead,
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
          output: [message('hi')],
          ...rUsage,
        },
      }),
    ],
    text: 'hi',
    finish: 'length',
    input: 3,
    output: 2,
  },
  {
    name: 'a refusal',
    events: [
      R('output_item.added', { output_index: 0, item: { ...message(''), content: [] } }),
      R('refusal.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'no' }),
      completed({ ...message(''), content: [{ type: 'refusal', refusal: 'no' }] }),
    ],
    text: 'no',
    finish: 'refusal',
    input: 3,
    output: 2,
  },
  { name: 'an event that breaks off', events: [...said, '{"type":'], text: 'hi', error: 'server' },
  {
    name: 'no usage',
    events: [...said, R('completed', { response: { ...rHead, status: 'completed', output: [message('hi')] } })],
    text: 'hi',
    finish: 'stop',
  },
  {
    name: 'lines that are no JSON',
    events: ['', 'garbage', ...said, 'null', '[]', completed(message('hi')), DONE],
    text: 'hi',
    finish: 'stop',
    input: 3,
    output: 2,
  },
];

test.each(responses)('a stream with $name makes sense on every surface', (stream) => {
  check('openai-responses', stream);
});
