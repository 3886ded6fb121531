import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Reply } from '../dialect.js';
import { type ChatEvent, type ChatRequest, eventsOf, foldEvents, type JsonObject } from '../neutral/index.js';
import { openaiChat } from '../openai-chat/index.js';
import { SseParser } from '../sse/index.js';
import { openaiCompletions } from './index.js';

const fixture = JSON.parse(readFileSync(new URL('__fixtures__/request.json', import.meta.url), 'utf8')) as JsonObject;
const target = { upstreamModel: 'up', maxOutputTokens: 100, provider: 'openai' };
const reply: Reply = {
  callId: '0190-abc',
  createdSec: 7,
  model: 'asked',
  request: { streamUsage: true } as ChatRequest,
};

test('a request in full comes back whole, several prompts and tokens too', () => {
  for (const prompt of ['a', ['a', 'b'], [1, 2], [[1], [2]]]) {
    const request = openaiCompletions.decodeRequest({ ...fixture, prompt }, {});
    const shown = Array.isArray(prompt) && typeof prompt[0] === 'number' ? [1, 2] : prompt;
    expect(openaiCompletions.encodeRequest(request, target).body).toEqual({ ...fixture, model: 'up', prompt: shown });
  }
});

test('one prompt is a question to a chat model; several are refused there by name', () => {
  const one = openaiChat.encodeRequest(openaiCompletions.decodeRequest(fixture, {}), target);
  expect(one.body).toMatchObject({
    messages: [{ role: 'user', content: 'Once upon' }],
    max_completion_tokens: 10,
    n: 2,
  });
  expect(one.dropped).toEqual(['suffix', 'echo']);
  const several = openaiCompletions.decodeRequest({ model: 'm', prompt: ['a', 'b'] }, {});
  expect(() => openaiChat.encodeRequest(several, target)).toThrow(
    expect.objectContaining({ code: 'invalid_request', param: 'prompt' }),
  );
});

test('a missing or malformed prompt is refused by its path', () => {
  for (const prompt of [undefined, '', 5, [], [{}]]) {
    const decode = () => openaiCompletions.decodeRequest({ model: 'm', prompt }, {});
    if (prompt === '') expect(decode).not.toThrow();
    else expect(decode).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  }
});

const logprobs = {
  tokens: ['a', 'bc'],
  token_logprobs: [-0.1, -0.2],
  top_logprobs: [{ a: -0.1, x: -3 }, {}],
  text_offset: [0, 1],
};
const answer: JsonObject = {
  id: 'cmpl-1',
  object: 'text_completion',
  created: 7,
  model: 'asked',
  choices: [
    { text: 'abc', index: 0, logprobs, finish_reason: 'length' },
    { text: 'd', index: 1, logprobs: null, finish_reason: 'stop' },
  ],
};

test('an answer comes back the same, whole and streamed', () => {
  const response = openaiCompletions.decodeResponse(answer, {});
  expect(openaiCompletions.encodeResponse(response, reply)).toEqual(answer);
  const encoder = openaiCompletions.encoder(reply);
  const sse = eventsOf(response)
    .map((event) => encoder.push(event))
    .join('');
  const decoder = openaiCompletions.decoder({});
  const events: ChatEvent[] = new SseParser().push(Buffer.from(sse)).flatMap((event) => [...decoder.push(event)]);
  expect(foldEvents(events)).toEqual(response);
  expect(events.at(-1)?.type).toBe('end');
});

test('a stream ends by [DONE] or a finish of every choice; an error in it is its last event', () => {
  const run = (...chunks: (JsonObject | string)[]) => {
    const decoder = openaiCompletions.decoder({});
    const wire = chunks.map((chunk) => (typeof chunk === 'string' ? chunk : JSON.stringify(chunk)));
    return [...wire.flatMap((data) => decoder.push({ event: null, data, raw: Buffer.from('') })), ...decoder.finish()];
  };
  const chunk = (text: string, finish_reason: string | null = null): JsonObject => ({
    choices: [{ index: 0, text, finish_reason }],
  });
  expect(run(chunk('a'), chunk('', 'stop')).at(-1)?.type).toBe('end');
  expect(run(chunk('a')).at(-1)?.type).toBe('part-end');
  expect(run(chunk('a'), '[DONE]').at(-1)?.type).toBe('end');
  expect(run(chunk('a'), { error: { message: 'x' } }).at(-1)?.type).toBe('error');
});
