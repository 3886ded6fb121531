import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import type { EncodeTarget } from '../dialect.js';
import { type ChatRequest, type JsonObject, type Message, unknownTo } from '../neutral/index.js';
import { anthropicMessages } from './index.js';

const target = (upstreamModel: string): EncodeTarget => ({
  upstreamModel,
  maxOutputTokens: 4096,
  provider: 'anthropic',
});
const decode = (body: JsonObject): ChatRequest =>
  anthropicMessages.decodeRequest(
    { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }], ...body },
    {},
  );
const encode = (request: Partial<ChatRequest>, model = 'claude-sonnet-4-5') =>
  anthropicMessages.encodeRequest(
    {
      dialect: 'openai-chat',
      model: 'route',
      stream: false,
      streamUsage: false,
      messages: [user('hi')],
      rest: {},
      ...request,
    },
    target(model),
  );
const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] });

const fixture = JSON.parse(readFileSync(new URL('__fixtures__/request.json', import.meta.url), 'utf8')) as JsonObject;

it('a request that uses every field comes back the same, but for the model', () => {
  const { body, dropped } = anthropicMessages.encodeRequest(
    anthropicMessages.decodeRequest(fixture, {}),
    target('claude-opus-5'),
  );
  expect(body).toEqual({ ...fixture, model: 'claude-opus-5' });
  expect(dropped).toEqual([]);
});

describe('a request read', () => {
  it.each([
    ['max_tokens', { max_tokens: undefined }],
    ['max_tokens', { max_tokens: 0 }],
    ['messages', { messages: [] }],
    ['messages.0.role', { messages: [{ role: 'robot', content: 'x' }] }],
    ['messages.0.content.0.type', { messages: [{ role: 'user', content: [{}] }] }],
    ['thinking.type', { thinking: { type: 'deep' } }],
    ['tool_choice.name', { tool_choice: { type: 'tool' } }],
    ['temperature', { temperature: 'hot' }],
  ])('names %s when it is malformed', (param, body) => {
    expect(() => decode(body)).toThrowError(expect.objectContaining({ code: 'invalid_request', param }));
  });

  it('lets the tool speak for itself, apart from the user', () => {
    const { messages } = decode({
      messages: [
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'a',
              is_error: true,
              content: [
                { type: 'text', text: 'no' },
                { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
              ],
            },
            { type: 'text', text: 'and now?' },
          ],
        },
      ],
    });
    expect(messages).toEqual([
      {
        role: 'tool',
        parts: [
          {
            type: 'tool-result',
            callId: 'a',
            failed: true,
            content: [
              { type: 'text', text: 'no' },
              { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' } },
            ],
          },
        ],
      },
      { role: 'user', parts: [{ type: 'text', text: 'and now?' }] },
    ]);
  });

  it('keeps server-side tools and unknown fields for its own dialect', () => {
    const request = decode({
      tools: [
        { name: 'mine', input_schema: { type: 'object' } },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
      ],
      container: 'c1',
    });
    expect(request.tools).toHaveLength(1);
    expect(request.serverTools).toEqual([
      { dialect: 'anthropic-messages', value: { type: 'web_search_20250305', name: 'web_search', max_uses: 2 } },
    ]);
    expect(anthropicMessages.encodeRequest(request, target('claude-opus-5')).body).toMatchObject({
      container: 'c1',
      tools: [{ name: 'mine' }, { type: 'web_search_20250305', max_uses: 2 }],
    });
  });

  it.each([
    [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
    [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, { budgetTokens: 2000, visible: true }],
    [{ thinking: { type: 'adaptive', display: 'omitted' } }, { visible: false }],
    [
      { thinking: { type: 'adaptive' }, output_config: { effort: 'max' } },
      { effort: 'max', visible: true },
    ],
    [{ output_config: { effort: 'low' } }, { effort: 'low' }],
    [{}, undefined],
  ])('understands thinking %j', (body, reasoning) => {
    expect(decode(body).reasoning).toEqual(reasoning);
  });
});

describe('a request written', () => {
  it('gathers instructions into one system prompt wherever they stood, and turns of one role into one', () => {
    const { body } = encode({
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'A' }] },
        user('one'),
        user('two'),
        { role: 'developer', parts: [{ type: 'text', text: 'B', cache: { life: '1h' } }] },
      ],
    });
    expect(body['system']).toEqual([
      { type: 'text', text: 'A' },
      { type: 'text', text: 'B', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
    expect(body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'one' },
          { type: 'text', text: 'two' },
        ],
      },
    ]);
  });

  it('begins with a user, leaves out empty texts and puts results first in their turn', () => {
    const { body } = encode({
      messages: [
        {
          role: 'assistant',
          parts: [
            { type: 'text', text: '' },
            { type: 'tool-call', id: 'a', name: 'f', arguments: '' },
          ],
        },
        user('wait'),
        { role: 'tool', parts: [{ type: 'tool-result', callId: 'a', content: [{ type: 'text', text: 'done' }] }] },
      ],
    });
    const messages = body['messages'] as { role: string; content: JsonObject[] }[];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toEqual([{ type: 'tool_use', id: 'a', name: 'f', input: {} }]);
    expect(messages[2]?.content.map(({ type }) => type)).toEqual(['tool_result', 'text']);
  });

  it('defines the tools of earlier calls even where none may be called any more', () => {
    const { body } = encode({
      messages: [user('x'), { role: 'assistant', parts: [{ type: 'tool-call', id: 'a', name: 'f', arguments: '{}' }] }],
    });
    expect(body).toMatchObject({ tools: [{ name: 'f' }], tool_choice: { type: 'none' } });
  });

  it('names what it cannot say in the words of the client', () => {
    const { dropped } = encode({
      seed: 1,
      presencePenalty: 1,
      frequencyPenalty: 1,
      n: 2,
      logprobs: { top: 1 },
      metadata: { a: 'b' },
      serviceTier: 'flex',
      rest: { logit_bias: {} },
      serverTools: [{ dialect: 'openai-chat', value: {} }],
      messages: [
        { role: 'user', parts: [{ type: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: '' } }] },
      ],
    });
    expect([...dropped].sort()).toEqual([
      'audio',
      'frequency_penalty',
      'logit_bias',
      'logprobs',
      'metadata',
      'n',
      'presence_penalty',
      'seed',
      'service_tier',
      'tools',
    ]);
  });

  it("takes the model's limit where the client said none", () => {
    expect(encode({}).body['max_tokens']).toBe(4096);
    expect(encode({ maxOutputTokens: 7 }).body['max_tokens']).toBe(7);
  });

  it.each([
    ['claude-3-5-haiku-20241022', { effort: 'high' }, undefined, undefined, ['reasoning_effort']],
    ['claude-opus-4-20250514', { effort: 'low' }, { type: 'enabled', budget_tokens: 2048 }, undefined, []],
    ['claude-sonnet-4-5', { budgetTokens: 100 }, { type: 'enabled', budget_tokens: 1024 }, undefined, []],
    ['claude-sonnet-4-5', { effort: 'max' }, { type: 'enabled', budget_tokens: 3276 }, undefined, []],
    ['anthropic.claude-opus-4-6-v1:0', { effort: 'xhigh' }, { type: 'adaptive' }, { effort: 'high' }, []],
    [
      'claude-opus-4-7',
      { effort: 'xhigh', visible: true },
      { type: 'adaptive', display: 'summarized' },
      { effort: 'xhigh' },
      [],
    ],
    ['claude-opus-5', { budgetTokens: 8000 }, { type: 'adaptive' }, { effort: 'medium' }, []],
    ['claude-opus-5', { effort: 'none' }, { type: 'disabled' }, undefined, []],
  ] as const)('asks %s to think by %j', (model, reasoning, thinking, output_config, dropped) => {
    const encoded = encode({ reasoning }, model);
    expect(encoded.body['thinking']).toEqual(thinking);
    expect(encoded.body['output_config']).toEqual(output_config);
    expect(encoded.dropped).toEqual(dropped);
  });

  it.each([
    [
      'claude-3-5-sonnet-20241022',
      { temperature: 0.5, topP: 0.5, topK: 5 },
      { temperature: 0.5, top_p: 0.5, top_k: 5 },
      [],
    ],
    ['claude-sonnet-4-5', { temperature: 1.5, topP: 0.5 }, { temperature: 1 }, ['temperature', 'top_p']],
    ['claude-opus-4-7', { temperature: 0.5, topK: 5 }, {}, ['temperature', 'top_k']],
    ['claude-sonnet-4-5', { temperature: 0.5, reasoning: { effort: 'low' } }, {}, ['temperature']],
  ] as const)('samples on %s within what it takes', (model, request, fields, dropped) => {
    const { body, dropped: names } = encode(request as Partial<ChatRequest>, model);
    const { temperature, top_p, top_k } = body;
    expect(JSON.parse(JSON.stringify({ temperature, top_p, top_k }))).toEqual(fields);
    expect(names).toEqual(dropped);
  });
});

describe('structured output', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'integer', minimum: 1 } },
    required: ['a'],
    additionalProperties: false,
  };
  const output = { kind: 'json-schema', name: 'answer', schema, strict: true } as const;

  it('is native where the model has it, with what it cannot enforce said in words', () => {
    const { body, outputTool } = encode({ output });
    expect(outputTool).toBeUndefined();
    expect(body['output_config']).toEqual({
      format: {
        type: 'json_schema',
        schema: { ...schema, properties: { a: { type: 'integer', description: '(minimum: 1)' } } },
      },
    });
  });

  it.each([
    ['an older model', 'claude-3-7-sonnet', schema],
    ['an open object', 'claude-sonnet-4-5', { type: 'object', additionalProperties: true }],
    [
      'a recursive schema',
      'claude-sonnet-4-5',
      { $ref: '#/$defs/n', $defs: { n: { type: 'object', properties: { next: { $ref: '#/$defs/n' } } } } },
    ],
  ])('is a forced tool for %s, and its call comes back as text', (_, model, asked) => {
    const { body, outputTool } = encode({ output: { ...output, schema: asked } }, model);
    expect(outputTool).toBe('answer');
    expect(body).toMatchObject({ tool_choice: { type: 'tool', name: 'answer' } });
    const { choices } = anthropicMessages.decodeResponse(
      {
        type: 'message',
        content: [{ type: 'tool_use', id: 'x', name: 'answer', input: { a: 1 } }],
        stop_reason: 'tool_use',
      },
      { outputTool: 'answer' },
    );
    expect(choices[0]).toMatchObject({ parts: [{ type: 'text', text: '{"a":1}' }], finish: { reason: 'stop' } });
  });

  it("never takes the name of a client's tool, and leaves the model free to call that first", () => {
    const { body, outputTool } = encode({ output, tools: [{ name: 'answer' }] }, 'claude-3-7-sonnet');
    expect(outputTool).toBe('answer_answer');
    expect(body['tool_choice']).toEqual({ type: 'any' });
  });

  it('gives up thinking where the tool must be forced, and says so', () => {
    const { body, dropped } = encode({ output, reasoning: { effort: 'high' } }, 'claude-3-7-sonnet');
    expect(body['thinking']).toBeUndefined();
    expect(dropped).toEqual(['reasoning_effort']);
  });
});

describe('tools', () => {
  it.each([
    [{ kind: 'auto' }, undefined, { type: 'auto' }],
    [{ kind: 'required' }, false, { type: 'any', disable_parallel_tool_use: true }],
    [{ kind: 'tool', name: 'f' }, undefined, { type: 'tool', name: 'f' }],
    [{ kind: 'none' }, false, { type: 'none' }],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
    [undefined, undefined, undefined],
  ] as const)('are chosen as %j, parallel %s', (toolChoice, parallelToolCalls, expected) => {
    const { body } = encode({
      tools: [{ name: 'f' }],
      ...(toolChoice && { toolChoice }),
      ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
    });
    expect(body['tool_choice']).toEqual(expected);
  });

  it('are not forced while the model thinks, and the header says so', () => {
    const { body, dropped } = encode({
      tools: [{ name: 'f' }],
      toolChoice: { kind: 'required' },
      reasoning: { effort: 'low' },
    });
    expect(body['tool_choice']).toEqual({ type: 'auto' });
    expect(dropped).toEqual(['tool_choice']);
  });
});

describe('reasoning of another provider', () => {
  it("goes to the client sealed, and is that provider's own again when it comes back", () => {
    const thought = {
      type: 'reasoning',
      dialect: 'openai-responses',
      text: 'hm',
      id: 'rs_1',
      encrypted: 'xyz',
    } as const;
    const call = { type: 'tool-call', id: 'c', name: 'f', arguments: '{}', signature: 'proof' } as const;
    const body = anthropicMessages.encodeResponse(
      {
        id: 'x',
        model: 'y',
        choices: [{ index: 0, parts: [thought, call], finish: { reason: 'tool-calls', raw: null } }],
      },
      { callId: 'c', createdSec: 0, model: 'm', request: decode({}) },
    );
    const { messages } = decode({ messages: [{ role: 'assistant', content: body['content'] }] });
    expect(messages[0]?.parts).toEqual([thought, call]);
  });
});

describe('thoughts before tool calls', () => {
  const turn = (before: Message['parts']): Message[] => [
    user('weather?'),
    { role: 'assistant', parts: [...before, { type: 'tool-call', id: 'c', name: 'f', arguments: '{}' }] },
    { role: 'tool', parts: [{ type: 'tool-result', callId: 'c', content: [{ type: 'text', text: 'sun' }] }] },
  ];
  const ask = (before: Message['parts'], model?: string) =>
    encode({ reasoning: { effort: 'low' }, messages: turn(before) }, model);
  const thought = { type: 'reasoning', dialect: 'anthropic-messages', text: 'hm', signature: 's' } as const;

  it('a turn goes on thinking where they came back', () => {
    expect(ask([thought])).toMatchObject({ body: { thinking: { type: 'enabled' } }, dropped: [] });
  });

  it('a turn goes on without thinking, and says so, where the client lost them: the API would refuse it', () => {
    const { body, dropped } = ask([]);
    expect(body['thinking']).toBeUndefined();
    expect(dropped).toEqual(['reasoning_effort']);
  });

  it('models that decide themselves how to think do not mind', () => {
    expect(ask([], 'claude-opus-4-7').body).toMatchObject({ thinking: { type: 'adaptive' } });
  });
});

describe('a conversation that Anthropic is to keep', () => {
  it('is refused for any other API, which has only its newest turn', () => {
    const request = decode({ thread: { type: 'continue', previous_message_id: 'msg_1' } });
    expect(() => unknownTo('gemini', request)).toThrowError(expect.objectContaining({ param: 'thread' }));
    expect(unknownTo('anthropic-messages', request)).toEqual([]);
  });

  it('is refused in the words that make the SDK send all of it', () => {
    const error = new TollgateError('invalid_request', 'thread: no', { param: 'thread' });
    expect(anthropicMessages.renderError(error)).toMatchObject({
      error: { details: { error_code: 'thread_unsupported_request' } },
    });
  });

  it('and what Anthropic itself says of it comes through', () => {
    const error = { type: 'invalid_request_error', message: 'x', details: { error_code: 'thread_not_found' } };
    const body = JSON.stringify({ type: 'error', error });
    expect(anthropicMessages.decodeError({ status: 404, headers: {}, body, nowMs: 0 })).toMatchObject({
      kind: 'invalid-request',
      param: 'thread',
    });
  });
});
