import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonObject } from '../neutral/index.js';
import { openaiChat } from '../openai-chat/index.js';
import { decodeRequest, encodeRequest } from './request.js';

const fixture = JSON.parse(readFileSync(new URL('__fixtures__/request.json', import.meta.url), 'utf8')) as JsonObject;
const target = { upstreamModel: 'up', maxOutputTokens: 1000, provider: 'openai' };

test('a request in full comes back whole', () => {
  const { body, dropped } = encodeRequest(decodeRequest(fixture, {}), target);
  expect(dropped).toEqual([]);
  expect(body).toEqual({ ...fixture, model: 'up' });
});

test('a text as input is a message of the user, and the turns of the assistant are one message', () => {
  expect(decodeRequest({ model: 'm', input: 'hi' }, {}).messages).toEqual([
    { role: 'user', parts: [{ type: 'text', text: 'hi' }] },
  ]);
  const roles = decodeRequest(fixture, {}).messages.map(({ role, parts }) => [role, parts.length]);
  expect(roles).toEqual([
    ['system', 1],
    ['developer', 1],
    ['user', 6],
    ['assistant', 4],
    ['tool', 1],
    ['tool', 1],
    ['user', 1],
  ]);
});

test('in chat completions the same conversation is said, and what cannot be is named', () => {
  const { body, dropped } = openaiChat.encodeRequest(decodeRequest(fixture, {}), target);
  expect((body['messages'] as JsonObject[]).map(({ role }) => role)).toEqual([
    ...['system', 'developer', 'user', 'assistant', 'tool', 'tool', 'user', 'user'],
  ]);
  expect(body).toMatchObject({
    reasoning_effort: 'high',
    max_completion_tokens: 100,
    stream_options: { include_usage: true },
  });
  expect([...dropped].sort()).toEqual([
    'include',
    'input_file',
    'opaque',
    'reasoning',
    'store',
    'text',
    'tools',
    'truncation',
  ]);
});

test('what leans on stored state is refused by name where another dialect answers', () => {
  for (const [members, param] of [
    [{ previous_response_id: 'resp_1' }, 'previous_response_id'],
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ input: [{ type: 'item_reference', id: 'rs_1' }] }, 'input.0'],
  ] as const) {
    const request = decodeRequest({ model: 'm', input: 'hi', ...members }, {});
    expect(encodeRequest(request, target).body).toMatchObject(members);
    expect(() => openaiChat.encodeRequest(request, target)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param }),
    );
  }
});

test('a chat request is sent whole, stored nowhere, its thinking asked back encrypted', () => {
  const chat = openaiChat.decodeRequest(
    {
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      reasoning_effort: 'low',
      stop: 'x',
      seed: 1,
      logit_bias: {},
    },
    {},
  );
  expect(encodeRequest(chat, target)).toEqual({
    body: {
      store: false,
      model: 'up',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }],
      reasoning: { effort: 'low' },
      include: ['reasoning.encrypted_content'],
    },
    dropped: ['logit_bias', 'stop', 'seed'],
  });
});

test('what is malformed is refused by its path', () => {
  const cases: [JsonObject, string][] = [
    [{ input: 'hi' }, 'model'],
    [{ model: 'm', input: 1 }, 'input'],
    [{ model: 'm', input: [{ role: 'alien', content: '' }] }, 'input.0.role'],
    [{ model: 'm', input: [{ type: 'function_call', call_id: 'a' }] }, 'input.0.name'],
    [{ model: 'm', input: [{ type: 'function_call_output', output: '' }] }, 'input.0.call_id'],
    [{ model: 'm', input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, 'input.0.content.0'],
    [{ model: 'm', input: 'hi', text: { format: { type: 'json_schema', name: 'a' } } }, 'text.format.schema'],
    [{ model: 'm', input: 'hi', tools: [{ type: 'function' }] }, 'tools.0.name'],
  ];
  for (const [body, param] of cases) {
    expect(() => decodeRequest(body, {}), param).toThrow(expect.objectContaining({ code: 'invalid_request', param }));
  }
});
