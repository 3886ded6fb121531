import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ChatRequest, JsonObject, Message } from '../neutral/index.js';
import { sealProof } from '../neutral/proof.js';
import { gemini } from './index.js';

const decode = (body: JsonObject): ChatRequest =>
  gemini.decodeRequest(
    { contents: [{ role: 'user', parts: [{ text: 'hi' }] }], ...body },
    { model: 'route', stream: true },
  );
const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] });
const encode = (request: Partial<ChatRequest>, upstreamModel = 'gemini-2.5-flash', provider = 'gemini') =>
  gemini.encodeRequest(
    {
      dialect: 'openai-chat',
      model: 'route',
      stream: false,
      streamUsage: false,
      messages: [user('hi')],
      rest: {},
      ...request,
    },
    { upstreamModel, maxOutputTokens: 4096, provider },
  );

const fixture = JSON.parse(readFileSync(new URL('__fixtures__/request.json', import.meta.url), 'utf8')) as JsonObject;

it('a request that uses every field comes back the same', () => {
  const request = gemini.decodeRequest(fixture, { model: 'route' });
  const target = { upstreamModel: 'gemini-3.1-pro', maxOutputTokens: 1, provider: 'gemini' };
  expect(gemini.encodeRequest(request, target)).toEqual({ body: fixture, dropped: [] });
});

describe('a request read', () => {
  it('joins the pieces that streaming clients send back, so that a thought has its proof and calls their results', () => {
    const sealed = sealProof({ dialect: 'anthropic-messages', signature: 's' });
    const model = (part: JsonObject): JsonObject => ({ role: 'model', parts: [part] });
    const { messages } = decode({
      contents: [
        { role: 'user', parts: [{ text: 'hi' }] },
        model({ text: 'h', thought: true }),
        model({ text: 'm', thought: true, thoughtSignature: sealed }),
        model({ functionCall: { id: 'c', name: 'f', args: {} } }),
        model({ text: '' }),
        { role: 'user', parts: [{ functionResponse: { id: 'c', name: 'f', response: { output: 'x' } } }] },
      ],
    });
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
    expect(messages[1]?.parts).toEqual([
      { type: 'reasoning', dialect: 'anthropic-messages', text: 'hm', signature: 's' },
      { type: 'tool-call', id: 'c', name: 'f', arguments: '{}' },
    ]);
  });

  it('takes a result as the AI SDK wraps it', () => {
    const response = { name: 'f', content: 'sun' };
    const { messages } = decode({
      contents: [{ role: 'user', parts: [{ functionResponse: { name: 'f', response } }] }],
    });
    expect(messages[0]?.parts).toMatchObject([{ content: [{ type: 'text', text: 'sun' }] }]);
  });

  it('takes model and stream from the URL', () => {
    expect(decode({})).toMatchObject({ model: 'route', stream: true });
  });

  it.each([
    ['contents', { contents: [] }],
    ['contents.0.role', { contents: [{ role: 'robot', parts: [] }] }],
    ['contents.0.parts', { contents: [{ role: 'user' }] }],
    ['contents.0.parts.0.functionCall.name', { contents: [{ role: 'model', parts: [{ functionCall: {} }] }] }],
    ['generationConfig.temperature', { generationConfig: { temperature: 'hot' } }],
    ['tools.functionDeclarations.0.name', { tools: [{ functionDeclarations: [{}] }] }],
  ])('names %s when it is malformed', (param, body) => {
    expect(() => decode(body)).toThrowError(expect.objectContaining({ code: 'invalid_request', param }));
  });

  it('reads snake_case as well, as Google does', () => {
    const request = decode({
      system_instruction: { parts: [{ text: 'S' }] },
      generation_config: { max_output_tokens: 5, stop_sequences: ['x'] },
      contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data: 'aGk=' } }] }],
    });
    expect(request).toMatchObject({ maxOutputTokens: 5, stop: ['x'] });
    expect(request.messages).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'S' }] },
      { role: 'user', parts: [{ type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' } }] },
    ]);
  });

  it('pairs calls and responses without ids by function and order', () => {
    const call = (name: string) => ({ functionCall: { name, args: {} } });
    const response = (name: string, value: object) => ({ functionResponse: { name, response: value } });
    const { messages } = decode({
      contents: [
        { role: 'model', parts: [call('f'), call('g'), call('f')] },
        {
          role: 'user',
          parts: [response('f', { output: 'one' }), response('g', { error: 'no' }), response('f', { x: 2 })],
        },
      ],
    });
    const ids = messages[0]?.parts.map((part) => part.type === 'tool-call' && part.id);
    expect(new Set(ids).size).toBe(3);
    expect(messages[1]).toEqual({
      role: 'tool',
      parts: [
        { type: 'tool-result', callId: ids?.[0], name: 'f', content: [{ type: 'text', text: 'one' }] },
        { type: 'tool-result', callId: ids?.[1], name: 'g', content: [{ type: 'text', text: 'no' }], failed: true },
        { type: 'tool-result', callId: ids?.[2], name: 'f', content: [{ type: 'text', text: '{"x":2}' }] },
      ],
    });
  });

  it("turns the API's own schemas into JSON Schema", () => {
    const { tools } = decode({
      tools: [
        {
          functionDeclarations: [
            {
              name: 'f',
              parameters: {
                type: 'OBJECT',
                properties: { a: { type: 'ARRAY', items: { type: 'STRING', nullable: true }, minItems: '1' } },
                propertyOrdering: ['a'],
              },
            },
          ],
        },
      ],
    });
    expect(tools?.[0]?.parameters).toEqual({
      type: 'object',
      properties: { a: { type: 'array', items: { type: ['string', 'null'] }, minItems: 1 } },
    });
  });

  it.each([
    [{ thinkingBudget: 0 }, { effort: 'none' }],
    [{ thinkingBudget: -1, includeThoughts: true }, { visible: true }],
    [{ thinkingBudget: 1000 }, { budgetTokens: 1000 }],
    [{ thinkingLevel: 'LOW' }, { effort: 'low' }],
    [{}, undefined],
  ])('understands thinking %j', (thinkingConfig, reasoning) => {
    expect(decode({ generationConfig: { thinkingConfig } }).reasoning).toEqual(reasoning);
  });

  it('gives its unknown fields, server-side tools and files back to its own dialect', () => {
    const body = {
      contents: [{ role: 'user', parts: [{ fileData: { fileUri: 'gs://b/f.png', mimeType: 'image/png' } }] }],
      safetySettings: [{ category: 'X' }],
      tools: [{ googleSearch: {} }],
      generationConfig: { topK: 3, mediaResolution: 'LOW' },
    };
    const target = { upstreamModel: 'gemini-2.5-flash', maxOutputTokens: 1, provider: 'gemini' };
    expect(gemini.encodeRequest(decode(body), target)).toEqual({ body, dropped: [] });
  });
});

describe('a request written', () => {
  it('gathers instructions, merges turns and names the function of each result', () => {
    const call = (id: string, name: string) => ({ type: 'tool-call', id, name, arguments: '{"a":1}' }) as const;
    const result = (callId: string, text: string) =>
      ({ type: 'tool-result', callId, content: [{ type: 'text', text }] }) as const;
    const { body } = encode({
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'A' }] },
        user('one'),
        { role: 'developer', parts: [{ type: 'text', text: 'B' }] },
        { role: 'assistant', parts: [call('1', 'f'), call('2', 'g')] },
        { role: 'tool', parts: [result('1', '{"x":1}')] },
        { role: 'tool', parts: [result('2', 'plain')] },
      ],
    });
    expect(body['systemInstruction']).toEqual({ parts: [{ text: 'A' }, { text: 'B' }] });
    expect(body['contents']).toEqual([
      { role: 'user', parts: [{ text: 'one' }] },
      {
        role: 'model',
        parts: [
          { functionCall: { id: '1', name: 'f', args: { a: 1 } } },
          { functionCall: { id: '2', name: 'g', args: { a: 1 } } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: '1', name: 'f', response: { x: 1 } } },
          { functionResponse: { id: '2', name: 'g', response: { output: 'plain' } } },
        ],
      },
    ]);
  });

  it('signs the first call of another model for Gemini 3, which demands it', () => {
    const messages: Message[] = [
      user('x'),
      { role: 'assistant', parts: [{ type: 'tool-call', id: '1', name: 'f', arguments: '{}' }] },
    ];
    const turn = (model: string) => (encode({ messages }, model).body['contents'] as JsonObject[])[1];
    expect(turn('gemini-3-pro')).toMatchObject({ parts: [{ thoughtSignature: 'skip_thought_signature_validator' }] });
    expect(JSON.stringify(turn('gemini-2.5-pro'))).not.toContain('thoughtSignature');
  });

  it('names what it cannot say in the words of the client', () => {
    const { dropped } = encode({
      endUser: 'u',
      metadata: { a: 'b' },
      parallelToolCalls: false,
      serviceTier: 'scale',
      rest: { logit_bias: {} },
      messages: [{ role: 'user', parts: [{ type: 'text', text: 'x', cache: { life: '5m' } }] }],
    });
    expect([...dropped].sort()).toEqual([
      'cache_control',
      'logit_bias',
      'metadata',
      'parallel_tool_calls',
      'service_tier',
      'user',
    ]);
    expect(encode({ metadata: { a: 'b' } }, 'gemini-2.5-pro', 'vertex').dropped).toEqual([]);
  });

  it.each([
    ['gemini-2.0-flash', { effort: 'high' }, undefined, ['reasoning_effort']],
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0 }, []],
    ['gemini-2.5-pro', { effort: 'none' }, { thinkingBudget: 128 }, ['reasoning_effort']],
    ['gemini-2.5-flash', { effort: 'max', visible: true }, { includeThoughts: true, thinkingBudget: 24_576 }, []],
    [
      'gemini-2.5-flash-lite',
      { budgetTokens: 100, visible: false },
      { includeThoughts: false, thinkingBudget: 512 },
      [],
    ],
    ['gemini-3-pro-preview', { effort: 'medium' }, { includeThoughts: true, thinkingLevel: 'HIGH' }, []],
    ['gemini-3.1-pro-preview', { effort: 'medium' }, { includeThoughts: true, thinkingLevel: 'MEDIUM' }, []],
    ['gemini-3-flash', { budgetTokens: 1500 }, { includeThoughts: true, thinkingLevel: 'LOW' }, []],
    ['gemini-3-flash', { effort: 'minimal' }, { includeThoughts: true, thinkingLevel: 'MINIMAL' }, []],
  ] as const)('asks %s to think by %j', (model, reasoning, thinkingConfig, dropped) => {
    const encoded = encode({ reasoning }, model);
    expect((encoded.body['generationConfig'] as JsonObject | undefined)?.['thinkingConfig']).toEqual(thinkingConfig);
    expect(encoded.dropped).toEqual(dropped);
  });

  it.each([
    [{ kind: 'auto' }, { mode: 'AUTO' }],
    [{ kind: 'none' }, { mode: 'NONE' }],
    [{ kind: 'required' }, { mode: 'ANY' }],
    [
      { kind: 'tool', name: 'f' },
      { mode: 'ANY', allowedFunctionNames: ['f'] },
    ],
  ] as const)('chooses tools as %j', (toolChoice, functionCallingConfig) => {
    expect(encode({ tools: [{ name: 'f' }], toolChoice }).body).toMatchObject({
      tools: [{ functionDeclarations: [{ name: 'f' }] }],
      toolConfig: { functionCallingConfig },
    });
  });

  it('asks for structured output natively, but by a tool beside tools on models that cannot do both', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const output = { kind: 'json-schema', name: 'answer', schema, strict: true } as const;
    const native = { responseMimeType: 'application/json', responseJsonSchema: schema };
    expect(encode({ output }).body['generationConfig']).toEqual(native);
    expect(encode({ output, tools: [{ name: 'f' }] }, 'gemini-3-pro').body['generationConfig']).toEqual(native);
    const { body, outputTool } = encode({ output, tools: [{ name: 'f' }] });
    expect(outputTool).toBe('answer');
    expect(body).toMatchObject({ toolConfig: { functionCallingConfig: { mode: 'ANY' } } });
    expect(body['generationConfig']).toBeUndefined();
  });
});
