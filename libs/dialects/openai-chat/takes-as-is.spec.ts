import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../neutral/index.js';
import { decodeRequest, encodeRequest } from './request.js';
import { takesAsIs } from './takes-as-is.js';

const target = (provider: string, upstreamModel = 'm') => ({ upstreamModel, maxOutputTokens: 1000, provider });
const ask = (more: JsonObject = {}): JsonObject => ({
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }],
  ...more,
});

describe('Mistral', () => {
  test.each([
    ['plain talk', {}],
    ['limits under the names of both', { max_completion_tokens: 5, seed: 1, stream: true, stream_options: {} }],
    ['a schema', { response_format: { type: 'json_schema' } }],
    ['its own members', { safe_prompt: true }],
  ])('takes %s as it is', (_, more) => {
    expect(takesAsIs(ask(more), target('mistral'))).toBe(true);
  });

  test.each([
    ['tools, whose calls it tells in its own way', { tools: [] }],
    ['thinking', { reasoning_effort: 'high' }],
    ['members that it refuses', { store: false }],
    ['roles that it does not know', { messages: [{ role: 'developer', content: 'x' }] }],
    ['calls with ids of others', { messages: [{ role: 'tool', tool_call_id: 'call_1', content: 'x' }] }],
  ])('is written to in its own words: %s', (_, more) => {
    expect(takesAsIs(ask(more), target('mistral'))).toBe(false);
    expect(takesAsIs(ask(more), target('openai'))).toBe(true);
  });

  test('its thinking models are', () => {
    expect(takesAsIs(ask(), target('mistral', 'magistral-medium-latest'))).toBe(false);
  });

  test('does not get members that it refuses, and the client is told', () => {
    const request = decodeRequest(ask({ store: false, safe_prompt: true, logit_bias: {} }), {});
    const { body, dropped } = encodeRequest(request, target('mistral'));
    expect(body).toMatchObject({ safe_prompt: true });
    expect(Object.keys(body)).not.toContain('store');
    expect([...dropped].sort()).toEqual(['logit_bias', 'store']);
  });
});

test('a proof whose words a client has lost is not sent on, since it would be refused', () => {
  const thought = (reasoning_content: string) => ({
    role: 'assistant',
    content: 'x',
    reasoning_content,
    reasoning_details: [{ type: 'reasoning.text', text: '', signature: 's', format: 'anthropic-claude-v1', index: 0 }],
  });
  const partsOf = (message: JsonObject) => decodeRequest(ask({ messages: [message] }), {}).messages[0]?.parts[0];
  expect(partsOf(thought('it.'))).toEqual({ type: 'reasoning', dialect: 'openai-chat', text: 'it.' });
  expect(partsOf(thought(''))).toMatchObject({ dialect: 'anthropic-messages', signature: 's' });
});
