import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EncodeTarget } from '../dialect.js';
import type { JsonObject } from '../neutral/index.js';
import { decodeRequest, encodeRequest } from './request.js';

const fixture = JSON.parse(readFileSync(new URL('__fixtures__/request.json', import.meta.url), 'utf8')) as JsonObject;
const target = (provider: string): EncodeTarget => ({ upstreamModel: 'up', maxOutputTokens: 1000, provider });
const encode = (body: JsonObject, provider: string) => encodeRequest(decodeRequest(body, {}), target(provider));
const simple = (members: JsonObject = {}): JsonObject => ({
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }],
  ...members,
});

test('a request in full comes back whole for the vendor whose dialect it is', () => {
  const { body, dropped } = encode(fixture, 'openai');
  const messages = fixture['messages'] as JsonObject[];
  expect(dropped).toEqual(['reasoning_content']);
  expect(body).toEqual({
    ...fixture,
    model: 'up',
    stop: ['END'],
    messages: [
      messages[0],
      {
        role: 'system',
        content: [{ type: 'text', text: 'Long rules.', prompt_cache_breakpoint: { mode: 'explicit' } }],
      },
      messages[2],
      {
        role: 'assistant',
        content: 'Looking.',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          { id: 'call_2', type: 'function', function: { name: 'now', arguments: '{}' } },
        ],
      },
      messages[4],
      { role: 'tool', tool_call_id: 'call_2', content: 'noon' },
      messages[6],
      messages[7],
      messages[8],
    ],
  });
});

test('what is malformed is refused by its path', () => {
  const cases: [JsonObject, string][] = [
    [{ messages: [] }, 'model'],
    [{ model: 'm' }, 'messages'],
    [{ model: 'm', messages: [] }, 'messages'],
    [{ model: 'm', messages: [{ role: 'alien', content: '' }] }, 'messages.0.role'],
    [{ model: 'm', messages: [{ role: 'user' }] }, 'messages.0.content'],
    [{ model: 'm', messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages.0.content.0.text'],
    [{ model: 'm', messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.tool_call_id'],
    [
      { model: 'm', messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function' }] }] },
      'messages.0.tool_calls.0.function',
    ],
    [simple({ temperature: 'hot' }), 'temperature'],
    [simple({ n: 0 }), 'n'],
    [simple({ max_tokens: 1.5 }), 'max_tokens'],
    [simple({ tools: [{ type: 'function', function: {} }] }), 'tools.0.function.name'],
    [simple({ stop: [1] }), 'stop.0'],
    [simple({ response_format: { type: 'json_schema' } }), 'response_format.json_schema'],
    [simple({ metadata: { a: 1 } }), 'metadata.a'],
  ];
  for (const [body, param] of cases) {
    expect(() => decodeRequest(body, {}), param).toThrow(expect.objectContaining({ code: 'invalid_request', param }));
  }
});

test('a member called __proto__ is data like any other', () => {
  const body = JSON.parse(
    '{"model":"m","messages":[{"role":"user","content":"hi"}],"__proto__":{"x":1}}',
  ) as JsonObject;
  const { rest } = decodeRequest(body, {});
  expect(Object.keys(rest)).toEqual(['__proto__']);
  expect(({} as JsonObject)['x']).toBeUndefined();
});

test('unknown members survive, of the request and of a message', () => {
  const messages = [{ role: 'assistant', content: 'Dear', prefix: true }];
  expect(encode({ model: 'm', messages, safe_prompt: true }, 'openai-compatible').body).toEqual({
    model: 'up',
    messages,
    safe_prompt: true,
  });
});

test('each vendor is told the limit, the seed and the developer in its own words', () => {
  const body = simple({ max_tokens: 9, seed: 4, messages: [{ role: 'developer', content: 'd' }] });
  expect(encode(body, 'openai').body).toMatchObject({
    max_completion_tokens: 9,
    seed: 4,
    messages: [{ role: 'developer' }],
  });
  expect(encode(body, 'together').body).toMatchObject({ max_tokens: 9, seed: 4, messages: [{ role: 'system' }] });
  expect(encode(body, 'mistral').body).toMatchObject({ max_tokens: 9, random_seed: 4 });
  expect(encode(body, 'mistral').body).not.toHaveProperty('seed');
});

test('Mistral gets ids of calls that it accepts, the same for a call and its result', () => {
  const messages = [
    {
      role: 'assistant',
      tool_calls: [{ id: 'toolu_123', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'toolu_123', content: 'r' },
  ];
  const [call, result] = encode({ model: 'm', messages }, 'mistral').body['messages'] as [
    { tool_calls: [{ id: string }] },
    { tool_call_id: string },
  ];
  expect(call.tool_calls[0].id).toMatch(/^[a-zA-Z0-9]{9}$/);
  expect(result.tool_call_id).toBe(call.tool_calls[0].id);
});

test('a forced tool stands in for a schema that the vendor cannot take', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const response_format = { type: 'json_schema', json_schema: { name: 'answer', schema } };
  const alone = encode(simple({ response_format }), 'deepseek');
  expect(alone.outputTool).toBe('answer');
  expect(alone.body).toMatchObject({
    tools: [{ function: { name: 'answer', parameters: schema } }],
    tool_choice: { type: 'function', function: { name: 'answer' } },
  });
  const tools = [{ type: 'function', function: { name: 'answer' } }];
  const beside = encode(simple({ response_format, tools }), 'deepseek');
  expect(beside.outputTool).toBe('answer_output');
  expect(beside.body).toMatchObject({ tool_choice: 'required' });
});

test('images of a tool result follow the results as a message of the user', () => {
  const request = decodeRequest(simple(), {});
  const image = { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } } as const;
  const { body } = encodeRequest(
    {
      ...request,
      dialect: 'anthropic-messages',
      messages: [
        {
          role: 'user',
          parts: [
            { type: 'tool-result', callId: 'a', content: [{ type: 'text', text: 'seen' }, image] },
            { type: 'tool-result', callId: 'b', content: [] },
            { type: 'text', text: 'And?' },
          ],
        },
      ],
    },
    target('openai'),
  );
  expect(body['messages']).toEqual([
    { role: 'tool', tool_call_id: 'a', content: 'seen' },
    { role: 'tool', tool_call_id: 'b', content: '' },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
    { role: 'user', content: 'And?' },
  ]);
});

test('thinking goes back where the vendor takes it, with its proof to OpenRouter', () => {
  const details = [
    { type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-claude-v1', index: 0 },
    { type: 'reasoning.encrypted', data: 'e', format: 'openai-responses-v1', index: 1, id: 'rs_1' },
  ];
  const body = simple({ messages: [{ role: 'assistant', content: 'x', reasoning: 'hm', reasoning_details: details }] });
  expect(encode(body, 'openrouter').body['messages']).toEqual([
    { role: 'assistant', content: 'x', reasoning: 'hm', reasoning_details: details },
  ]);
  expect(encode(body, 'vllm')).toMatchObject({
    body: { messages: [{ content: 'x', reasoning_content: 'hm' }] },
    dropped: ['reasoning_content'],
  });
  expect(encode(body, 'mistral').body['messages']).toMatchObject([
    {
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
        { type: 'text', text: 'x' },
      ],
    },
  ]);
});

test('functions of the time before tools are read as calls with results', () => {
  const messages = [
    { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
    { role: 'function', name: 'f', content: 'r' },
  ];
  expect(encode({ model: 'm', messages }, 'openai').body['messages']).toEqual([
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_f', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
    },
    { role: 'tool', tool_call_id: 'call_f', content: 'r' },
  ]);
});

test('what a request of another dialect cannot say here is named in its own words', () => {
  const request = decodeRequest(simple(), {});
  const { dropped } = encodeRequest(
    {
      ...request,
      dialect: 'anthropic-messages',
      topK: 5,
      rest: { container: 'c' },
      serverTools: [{ dialect: 'anthropic-messages', value: {} }],
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'x', cache: { life: '5m' } }] },
        { role: 'assistant', parts: [{ type: 'reasoning', dialect: 'anthropic-messages', text: 'h', signature: 's' }] },
        { role: 'tool', parts: [{ type: 'tool-result', callId: 'a', content: [], failed: true }] },
      ],
    },
    target('openai'),
  );
  expect([...dropped].sort()).toEqual(['cache_control', 'container', 'is_error', 'thinking', 'tools', 'top_k']);
});
