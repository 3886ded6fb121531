import { afterAll, beforeAll, expect, it } from 'vitest';
import { type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const user = { role: 'user', content: 'hi' };
const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
const chat = (changes: object) => ['/chat/completions', { model: 'gpt-4o', messages: [user], ...changes }] as const;
const responses = (changes: object) => ['/responses', { model: 'gpt-4o', input: 'hi', ...changes }] as const;

it.each([
  ['no messages', ...chat({ messages: undefined }), 'missing_required_parameter', 'messages'],
  ['empty messages', ...chat({ messages: [] }), 'empty_array', 'messages'],
  ['an unknown role', ...chat({ messages: [{ role: 'model', content: 'x' }] }), 'invalid_value', 'messages[0].role'],
  [
    'a tool result without a call',
    ...chat({ messages: [user, { role: 'tool', tool_call_id: 'x', content: '' }] }),
    null,
    'messages.[1].role',
  ],
  [
    'a tool call without a result',
    ...chat({ messages: [user, { role: 'assistant', tool_calls: [call] }, user] }),
    null,
    'messages',
  ],
  [
    'max_tokens for a reasoning model',
    ...chat({ model: 'gpt-5', max_tokens: 5 }),
    'unsupported_parameter',
    'max_tokens',
  ],
  ['no input', ...responses({ input: undefined }), 'missing_required_parameter', 'input'],
  [
    "a chat's content part in responses",
    ...responses({ input: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }] }),
    'invalid_value',
    'input[0].content[0]',
  ],
  [
    'an unknown previous response',
    ...responses({ previous_response_id: 'resp_x' }),
    'previous_response_not_found',
    'previous_response_id',
  ],
  ['no text to embed', '/embeddings', { model: 'm' }, 'missing_required_parameter', 'input'],
  [
    'response_format for gpt-image-1',
    '/images/generations',
    { model: 'gpt-image-1', prompt: 'x', response_format: 'url' },
    'unknown_parameter',
    'response_format',
  ],
])('answers 400 to %s', async (_, path, body, code, param) => {
  const response = await simulator.post(`/openai/v1${path}`, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    error: { message: expect.any(String), type: 'invalid_request_error', param, code },
  });
});

it('answers 400 to a body that is not JSON', async () => {
  const response = await simulator.post('/openai/v1/chat/completions', '{"model":');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
});

it.each([
  ['a missing credential', {}],
  ['an invalid one', { authorization: 'Bearer sk-invalid' }],
])('answers 401 to %s', async (_, headers) => {
  const response = await simulator.post('/openai/v1/chat/completions', { model: 'gpt-4o', messages: [user] }, headers);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
});

it('answers 404 to a path that does not exist', async () => {
  expect((await simulator.post('/openai/v1/chats', {})).status).toBe(404);
});
