import { expect, test } from 'vitest';
import type { Reply } from '../dialect.js';
import type { ChatRequest, JsonObject } from '../neutral/index.js';
import { decodeResponse, encodeResponse } from './response.js';

const reply: Reply = { callId: '0190-abc', createdSec: 1, model: 'asked', request: {} as ChatRequest };
const answer = (message: JsonObject, finish_reason = 'stop', members: JsonObject = {}): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 7,
  model: 'asked',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, logprobs: null, finish_reason }],
  ...members,
});
const again = (body: JsonObject) => encodeResponse(decodeResponse(body, {}), reply);

test('an answer of the dialect comes back the same', () => {
  const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
  const custom = { id: 'b', type: 'custom', custom: { name: 'sh', input: 'ls' } };
  const cited = {
    type: 'url_citation',
    url_citation: { start_index: 0, end_index: 2, title: 'T', url: 'https://example.com' },
  };
  const audio = { id: 'audio_1', data: 'AAEC', transcript: 't', expires_at: 9 };
  const bodies = [
    answer({ content: 'hi', refusal: null, annotations: [] }),
    answer({ content: 'hi', refusal: null, annotations: [cited] }),
    answer({ content: null, refusal: 'no', annotations: [] }),
    answer({ content: null, refusal: null, annotations: [], tool_calls: [call, custom] }, 'tool_calls'),
    answer({ content: null, refusal: null, annotations: [], audio }),
    answer({ content: 'hi', refusal: null, reasoning_content: 'hm', annotations: [] }, 'length', {
      service_tier: 'flex',
    }),
  ];
  for (const body of bodies) expect(again(body)).toEqual(body);
});

test('what vendors leave out is filled in as OpenAI requires it', () => {
  const bare = { id: 'x', choices: [{ message: { content: 'hi' }, finish_reason: 'eos' }] };
  expect(again(bare)).toEqual({
    ...answer({ content: 'hi', refusal: null, annotations: [] }),
    id: 'chatcmpl-0190abc',
    created: 1,
  });
});

test('ranges of citations are of the whole content', () => {
  const citation = { url: 'u', title: 't', start: 1, end: 2, raw: { dialect: 'gemini', value: null } } as const;
  const body = encodeResponse(
    {
      id: 'x',
      model: 'm',
      choices: [
        {
          index: 0,
          parts: [
            { type: 'text', text: 'abc' },
            { type: 'text', text: 'def', citations: [citation] },
          ],
          finish: { reason: 'stop', raw: null },
        },
      ],
    },
    reply,
  );
  expect(body).toMatchObject({
    choices: [{ message: { content: 'abcdef', annotations: [{ url_citation: { start_index: 4, end_index: 5 } }] } }],
  });
});

test("the forced tool's call is the answer's text", () => {
  const body = answer(
    { tool_calls: [{ id: 'a', type: 'function', function: { name: 'out', arguments: '{"x":1}' } }] },
    'tool_calls',
  );
  expect(decodeResponse(body, { outputTool: 'out' }).choices).toMatchObject([
    { parts: [{ type: 'text', text: '{"x":1}' }], finish: { reason: 'stop' } },
  ]);
});

test('a body without choices is an upstream error that shows none of its values', () => {
  expect(() => decodeResponse({ secret: 'x' }, {})).toThrow(expect.objectContaining({ code: 'upstream_error' }));
});
