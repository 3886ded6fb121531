import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import type { WireEvent } from '../dialect.js';
import { type ChatEvent, type ChatRequest, foldEvents, type Message } from '../neutral/index.js';
import { cohereChat } from './index.js';

const target = { upstreamModel: 'command-a', maxOutputTokens: 4096, provider: 'cohere' };
const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] });
const encode = (request: Partial<ChatRequest>) =>
  cohereChat.encodeRequest(
    {
      dialect: 'openai-chat',
      model: 'route',
      stream: false,
      streamUsage: false,
      messages: [user('hi')],
      rest: {},
      ...request,
    },
    target,
  );

describe('a request', () => {
  it('that uses every field comes back the same', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const body = {
      model: 'command-a',
      messages: [
        { role: 'system', content: 'S' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=', detail: 'low' } },
          ],
        },
        {
          role: 'assistant',
          tool_plan: 'First the weather.',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      ],
      stream: true,
      tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: schema } }],
      tool_choice: 'REQUIRED',
      strict_tools: true,
      thinking: { type: 'enabled', token_budget: 500 },
      max_tokens: 10,
      temperature: 0.5,
      p: 0.9,
      k: 3,
      seed: 7,
      stop_sequences: ['x'],
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      safety_mode: 'STRICT',
    };
    const request = cohereChat.decodeRequest(body, {});
    expect(cohereChat.encodeRequest(request, target)).toEqual({ body, dropped: [] });
  });

  it('names what it cannot say in the words of the client', () => {
    const { dropped, body } = encode({
      n: 2,
      endUser: 'u',
      logprobs: { top: 1 },
      temperature: 1.5,
      presencePenalty: -1,
      parallelToolCalls: false,
    });
    expect([...dropped].sort()).toEqual([
      'logprobs',
      'n',
      'parallel_tool_calls',
      'presence_penalty',
      'temperature',
      'user',
    ]);
    expect(body).toMatchObject({ temperature: 1, presence_penalty: 0 });
  });

  it('offers only the tool that must be called, since none can be named', () => {
    const { body } = encode({ tools: [{ name: 'f' }, { name: 'g' }], toolChoice: { kind: 'tool', name: 'g' } });
    expect(body).toMatchObject({ tools: [{ function: { name: 'g' } }], tool_choice: 'REQUIRED' });
  });

  it('asks for structured output natively, but by a tool beside tools', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const output = { kind: 'json-schema', name: 'answer', schema, strict: true } as const;
    expect(encode({ output }).body['response_format']).toEqual({ type: 'json_object', json_schema: schema });
    const { body, outputTool } = encode({ output, tools: [{ name: 'f' }] });
    expect(outputTool).toBe('answer');
    expect(body['response_format']).toBeUndefined();
    expect(body['tool_choice']).toBe('REQUIRED');
  });
});

describe('a stream', () => {
  const event = (json: object): WireEvent => ({ event: null, data: JSON.stringify(json), raw: new Uint8Array() });
  const decode = (events: readonly object[], outputTool?: string): ChatEvent[] => {
    const decoder = cohereChat.decoder(outputTool === undefined ? {} : { outputTool });
    return [...events.flatMap((json) => decoder.push(event(json))), ...decoder.finish()];
  };
  const start = { type: 'message-start', id: 'm1', delta: { message: {} } };
  const text = (value: string) => ({
    type: 'content-delta',
    index: 0,
    delta: { message: { content: { text: value } } },
  });
  const call = {
    type: 'tool-call-start',
    index: 0,
    delta: { message: { tool_calls: { id: 'c', function: { name: 'f' } } } },
  };
  const end = (finish_reason: string, members: object = {}) => ({
    type: 'message-end',
    delta: { finish_reason, ...members },
  });

  it('keeps citations that come after the text they are about', () => {
    const citation = {
      start: 0,
      end: 2,
      text: 'ab',
      sources: [{ type: 'document', document: { url: 'https://x', title: 'X' } }],
    };
    const events = decode([
      start,
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      text('ab'),
      { type: 'content-end', index: 0 },
      { type: 'citation-start', index: 0, delta: { message: { citations: citation } } },
      { type: 'citation-end', index: 0 },
      end('COMPLETE', {
        usage: { billed_units: { input_tokens: 3, output_tokens: 2 }, tokens: { input_tokens: 500 } },
      }),
    ]);
    expect(foldEvents(events).choices[0]?.parts).toMatchObject([
      { type: 'text', text: 'ab', citations: [{ url: 'https://x', title: 'X', start: 0, end: 2 }] },
    ]);
    expect(foldEvents(events).usage?.tokens).toMatchObject({ input: 3, output: 2 });
  });

  it('survives a repeated start, a text without a start and a missing end', () => {
    const events = decode([start, start, text('a')]);
    expect(events.map(({ type }) => type).join(' ')).toBe('start part-start part-delta part-end');
  });

  it('gives a call without arguments an empty object, and makes the stand-in for structured output text', () => {
    expect(foldEvents(decode([start, call, end('TOOL_CALL')])).choices[0]).toMatchObject({
      parts: [{ type: 'tool-call', id: 'c', arguments: '{}' }],
      finish: { reason: 'tool-calls' },
    });
    expect(foldEvents(decode([start, call, end('TOOL_CALL')], 'f')).choices[0]).toMatchObject({
      parts: [{ type: 'text', text: '{}' }],
      finish: { reason: 'stop' },
    });
  });

  it('reports a failure told by its last event, and meters it too', () => {
    expect(decode([start, end('ERROR', { error: 'boom' })]).at(-1)).toMatchObject({
      type: 'error',
      error: { kind: 'server', message: 'boom' },
    });
    expect(decode([start, end('TIMEOUT')]).at(-1)).toMatchObject({ type: 'error', error: { kind: 'timeout' } });
    const { meter } = cohereChat.passThrough('{}', {}, target);
    expect(meter.push(event(text('a')))).toEqual({ forward: true, content: true });
    expect(meter.push(event(end('ERROR'))).error).toMatchObject({ kind: 'server' });
    meter.push(event(end('COMPLETE', { usage: { billed_units: { input_tokens: 1, output_tokens: 2 } } })));
    expect(meter.ended).toBe(true);
    expect(meter.usage?.tokens).toMatchObject({ input: 1, output: 2 });
  });
});

describe('errors', () => {
  it.each([
    [400, 'too many tokens: the limit is 4096', 'context-length'],
    [401, 'invalid api token', 'authentication'],
    [402, 'm', 'quota'],
    [404, 'm', 'not-found'],
    [422, 'm', 'invalid-request'],
    [429, 'You are using a Trial key, which is limited', 'quota'],
    [429, 'rate limited', 'rate-limit'],
    [498, 'm', 'authentication'],
    [503, 'm', 'overloaded'],
  ])('%i %s is of class %s', (status, message, kind) => {
    expect(cohereChat.decodeError({ status, headers: {}, body: JSON.stringify({ message }), nowMs: 0 }).kind).toBe(
      kind,
    );
  });

  it('of ours are a message, in a stream the last event', () => {
    const error = new TollgateError('upstream_timeout', 'late');
    expect(cohereChat.renderError(error)).toEqual({ message: 'late', code: 'upstream_timeout' });
    expect(cohereChat.renderStreamError(error)).toContain('"finish_reason":"TIMEOUT"');
  });
});
