import { describe, expect, it } from 'vitest';
import { type ChatRequest, openaiChat, prefillOf } from './index.js';

describe('the beginning of an answer', () => {
  it.each([
    ['anthropic-messages', 'anthropic', 'claude-sonnet-4-5', 'continues'],
    ['anthropic-messages', 'anthropic', 'claude-opus-4-6', null],
    ['anthropic-messages', 'anthropic', 'claude-sonnet-5', null],
    ['bedrock-converse', 'bedrock', 'eu.anthropic.claude-3-5-haiku-20241022-v1:0', 'continues'],
    ['bedrock-converse', 'bedrock', 'amazon.nova-pro-v1:0', null],
    ['gemini', 'vertex', 'gemini-2.5-flash', 'continues'],
    ['openai-chat', 'openai', 'gpt-5', 'continues'],
    ['openai-chat', 'mistral', 'mistral-small-latest', 'repeats'],
    ['cohere-chat', 'cohere', 'command-a', null],
  ] as const)('in %s at %s for %s: %s', (dialect, provider, upstreamModel, expected) => {
    expect(prefillOf({ dialect, provider, upstreamModel })).toBe(expected);
  });

  it('is marked as one for Mistral, and for nobody who does not know the mark', () => {
    const request: ChatRequest = {
      dialect: 'anthropic-messages',
      model: 'm',
      stream: false,
      streamUsage: false,
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'q' }] },
        { role: 'assistant', parts: [{ type: 'text', text: 'a' }] },
      ],
      rest: {},
    };
    const last = (provider: string) => {
      const { body } = openaiChat.encodeRequest(request, { upstreamModel: 'm', maxOutputTokens: 9, provider });
      return (body['messages'] as object[]).at(-1);
    };
    expect(last('mistral')).toMatchObject({ role: 'assistant', content: 'a', prefix: true });
    expect(last('openai')).not.toHaveProperty('prefix');
  });
});
