import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import type { WireEvent } from '../dialect.js';
import { type ChatEvent, type ChatRequest, foldEvents, type JsonObject, type Message } from '../neutral/index.js';
import { bedrockConverse } from './index.js';

const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] });
const encode = (request: Partial<ChatRequest>, upstreamModel = 'anthropic.claude-sonnet-4-5-20250929-v1:0') =>
  bedrockConverse.encodeRequest(
    {
      dialect: 'openai-chat',
      model: 'route',
      stream: false,
      streamUsage: false,
      messages: [user('hi')],
      rest: {},
      ...request,
    },
    { upstreamModel, maxOutputTokens: 4096, provider: 'bedrock' },
  );

describe('a request', () => {
  it('that uses every field comes back the same', () => {
    const body = {
      messages: [
        {
          role: 'user',
          content: [
            { text: 'look' },
            { cachePoint: { type: 'default', ttl: '1h' } },
            { image: { format: 'png', source: { bytes: 'aGk=' } } },
            { document: { format: 'pdf', name: 'report', source: { s3Location: { uri: 's3://b/r.pdf' } } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'hm', signature: 'sig' } } },
            { reasoningContent: { redactedContent: 'c2VjcmV0' } },
            { toolUse: { toolUseId: 't1', name: 'f', input: { a: 1 } } },
          ],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'no' }], status: 'error' } }] },
      ],
      system: [{ text: 'S' }, { cachePoint: { type: 'default' } }],
      inferenceConfig: { maxTokens: 10_000, stopSequences: ['x'] },
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'f',
              description: 'd',
              inputSchema: { json: { type: 'object', properties: { a: { type: 'integer' } } } },
            },
          },
          { cachePoint: { type: 'default' } },
        ],
        toolChoice: { auto: {} },
      },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 }, anthropic_beta: ['x'] },
      guardrailConfig: { guardrailIdentifier: 'g' },
      requestMetadata: { a: 'b' },
      serviceTier: { type: 'flex' },
    };
    const request = bedrockConverse.decodeRequest(body, { model: 'm', stream: true });
    const target = { upstreamModel: 'anthropic.claude-sonnet-4-5', maxOutputTokens: 1, provider: 'bedrock' };
    expect(bedrockConverse.encodeRequest(request, target)).toEqual({ body, dropped: [] });
  });

  it('names what it cannot say', () => {
    const { dropped } = encode(
      {
        seed: 1,
        topK: 2,
        reasoning: { effort: 'high' },
        tools: [{ name: 'f', strict: true }],
        parallelToolCalls: false,
        messages: [{ role: 'user', parts: [{ type: 'image', source: { kind: 'url', url: 'https://x/y.png' } }] }],
      },
      'meta.llama3',
    );
    expect([...dropped].sort()).toEqual([
      'image_url',
      'parallel_tool_calls',
      'reasoning_effort',
      'seed',
      'strict',
      'top_k',
    ]);
  });

  it('asks for structured output natively on newer Claude models, else by a tool', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const output = { kind: 'json-schema', name: 'answer', schema, strict: true } as const;
    expect(encode({ output }).body['outputConfig']).toEqual({
      textFormat: {
        type: 'json_schema',
        structure: {
          jsonSchema: { name: 'answer', schema: JSON.stringify({ ...schema, additionalProperties: false }) },
        },
      },
    });
    const { body, outputTool } = encode({ output }, 'amazon.nova-pro-v1:0');
    expect(outputTool).toBe('answer');
    expect(body['toolConfig']).toMatchObject({ toolChoice: { tool: { name: 'answer' } } });
  });

  it('has no tools where none may be called, unless some were', () => {
    const none = { tools: [{ name: 'f' }], toolChoice: { kind: 'none' } } as const;
    expect(encode(none).body['toolConfig']).toBeUndefined();
    const messages: Message[] = [
      user('x'),
      { role: 'assistant', parts: [{ type: 'tool-call', id: 'a', name: 'f', arguments: '{}' }] },
    ];
    const { body, dropped } = encode({ ...none, messages });
    expect(body['toolConfig']).toMatchObject({ tools: [{ toolSpec: { name: 'f' } }] });
    expect(dropped).toEqual(['tool_choice']);
  });
});

describe('a stream', () => {
  const frame = (event: string, payload: object): WireEvent => ({
    event,
    data: JSON.stringify(payload),
    raw: new Uint8Array(),
  });
  const decode = (frames: readonly WireEvent[], outputTool?: string): ChatEvent[] => {
    const decoder = bedrockConverse.decoder(outputTool === undefined ? {} : { outputTool });
    return [...frames.flatMap((wire) => decoder.push(wire)), ...decoder.finish()];
  };
  const types = (events: readonly ChatEvent[]): string => events.map(({ type }) => type).join(' ');
  const call = frame('contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name: 'f' } } });
  const stop = frame('messageStop', { stopReason: 'tool_use' });

  it('ends when it closes after messageStop, with the usage that comes between', () => {
    const events = decode([
      frame('messageStart', { role: 'assistant' }),
      frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } }),
      frame('contentBlockStop', { contentBlockIndex: 0 }),
      frame('messageStop', { stopReason: 'end_turn' }),
      frame('metadata', { usage: { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3 } }),
    ]);
    expect(types(events)).toBe('start part-start part-delta part-end usage finish end');
    expect(foldEvents(events).usage?.tokens).toMatchObject({ input: 1, output: 2, cacheRead: 3 });
  });

  it('has no end without messageStop', () => {
    expect(types(decode([frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } })]))).toBe(
      'start part-start part-delta part-end',
    );
  });

  it('gives a call without arguments an empty object, and makes the stand-in for structured output text', () => {
    expect(foldEvents(decode([call, stop])).choices[0]).toMatchObject({
      parts: [{ type: 'tool-call', arguments: '{}' }],
      finish: { reason: 'tool-calls' },
    });
    expect(foldEvents(decode([call, stop], 'f')).choices[0]).toMatchObject({
      parts: [{ type: 'text', text: '{}' }],
      finish: { reason: 'stop' },
    });
  });

  it('reports an exception frame as the last event, and meters it too', () => {
    const exception = frame('throttlingException', { message: 'slow down' });
    expect(decode([call, exception, stop]).at(-1)).toMatchObject({ type: 'error', error: { kind: 'rate-limit' } });
    const { meter } = bedrockConverse.passThrough('{}', {}, { upstreamModel: 'm', maxOutputTokens: 1, provider: 'b' });
    expect(meter.push(exception)).toMatchObject({ content: false, error: { kind: 'rate-limit' } });
  });
});

describe('errors', () => {
  it.each([
    [
      400,
      { 'x-amzn-errortype': 'ValidationException' },
      { message: 'Input is too long for requested model.' },
      'context-length',
    ],
    [400, { 'x-amzn-errortype': 'ServiceQuotaExceededException:http://x' }, { message: 'm' }, 'quota'],
    [403, {}, { __type: 'com.amazon.coral.service#ExpiredTokenException', message: 'm' }, 'authentication'],
    [403, { 'x-amzn-errortype': 'AccessDeniedException' }, { Message: 'm' }, 'permission'],
    [408, { 'x-amzn-errortype': 'ModelTimeoutException' }, {}, 'timeout'],
    [424, { 'x-amzn-errortype': 'ModelErrorException' }, {}, 'server'],
    [429, {}, {}, 'rate-limit'],
    [503, {}, {}, 'overloaded'],
  ])('%i %j %j is of its class', (status, headers, body: JsonObject, kind) => {
    expect(bedrockConverse.decodeError({ status, headers, body: JSON.stringify(body), nowMs: 0 }).kind).toBe(kind);
  });

  it('of ours have the type of the API', () => {
    expect(bedrockConverse.renderError(new TollgateError('rate_limit_exceeded', 'm'))).toMatchObject({
      __type: 'ThrottlingException',
      message: 'm',
    });
    expect(bedrockConverse.renderStreamError(new TollgateError('overloaded', 'm'))).toContain(
      'event: serviceUnavailableException\n',
    );
  });
});
