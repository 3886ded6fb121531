import { expect, test } from 'vitest';
import type { ChatEvent } from './event.js';
import { foldEvents } from './fold.js';
import type { ChatResponse } from './response.js';
import { eventsOf } from './unfold.js';

const response: ChatResponse = {
  id: 'r1',
  model: 'm',
  createdSec: 5,
  serviceTier: 'default',
  choices: [
    {
      index: 0,
      parts: [
        { type: 'reasoning', dialect: 'anthropic-messages', text: 'hm', signature: 's', encrypted: 'e', id: 'i' },
        { type: 'text', text: 'hello', citations: [{ url: 'u', raw: { dialect: 'openai-chat', value: 1 } }] },
        { type: 'tool-call', id: 'c1', name: 'f', arguments: '{"a":1}', signature: 'g' },
        { type: 'tool-call', id: 'c2', name: 'g', arguments: '{}' },
        { type: 'opaque', dialect: 'gemini', value: { x: 1 } },
      ],
      finish: { reason: 'tool-calls', raw: 'tool_calls' },
      logprobs: { content: [{ token: 'hello' }], refusal: null },
    },
    {
      index: 1,
      parts: [
        { type: 'refusal', text: 'no' },
        {
          type: 'audio',
          id: 'a',
          source: { kind: 'base64', mediaType: 'audio/wav', data: 'AAEC' },
          transcript: 't',
          expiresAtSec: 9,
        },
      ],
      finish: { reason: 'refusal', raw: 'stop' },
    },
  ],
};

test('a whole answer replayed as a stream folds back to itself', () => {
  expect(foldEvents(eventsOf(response))).toEqual(response);
});

test('what came before a cut is there, with an end that says nothing', () => {
  const events = eventsOf(response).slice(0, 4);
  expect(foldEvents(events).choices).toMatchObject([
    { parts: [{ text: 'hm' }], finish: { reason: 'other', raw: null } },
  ]);
});

test('a call without arguments has an empty object of them', () => {
  const events: ChatEvent[] = [
    { type: 'part-start', choice: 0, part: 0, start: { kind: 'tool-call', id: 'c', name: 'f' } },
    { type: 'part-end', choice: 0, part: 0 },
  ];
  expect(foldEvents(events).choices[0]?.parts).toEqual([{ type: 'tool-call', id: 'c', name: 'f', arguments: '{}' }]);
});

test('pieces of audio are joined as bytes, each being base64 of its own', () => {
  const piece = (data: string): ChatEvent => ({
    type: 'part-delta',
    choice: 0,
    part: 0,
    delta: { kind: 'audio', data },
  });
  const events: ChatEvent[] = [
    { type: 'part-start', choice: 0, part: 0, start: { kind: 'audio', mediaType: 'audio/pcm' } },
    piece(Buffer.from('a').toString('base64')),
    piece(Buffer.from('bc').toString('base64')),
  ];
  const data = Buffer.from('abc').toString('base64');
  expect(foldEvents(events).choices[0]?.parts[0]).toMatchObject({ source: { data } });
});
