import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatDialect, Reply } from './dialect.js';
import {
  type ChatEvent,
  type ChatRequest,
  type ChatResponse,
  eventsOf,
  foldEvents,
  type Message,
  type Part,
  type TextPart,
} from './neutral/index.js';
import { openaiChat } from './openai-chat/index.js';
import { openaiCompletions } from './openai-completions/index.js';
import { openaiResponses } from './openai-responses/index.js';
import { SseParser } from './sse/index.js';

/** A dialect, the vendor of it that can say most, and what not even that one can. */
interface Case {
  readonly id: string;
  readonly dialect: ChatDialect;
  readonly provider: string;
  readonly lacks: ReadonlySet<keyof ChatRequest>;
}

const cases: readonly Case[] = [
  {
    id: 'openai-chat at OpenRouter',
    dialect: openaiChat,
    provider: 'openrouter',
    lacks: new Set(['metadata', 'serviceTier']),
  },
  {
    id: 'openai-responses',
    dialect: openaiResponses,
    provider: 'openai',
    lacks: new Set(['topK', 'stop', 'seed', 'presencePenalty', 'frequencyPenalty', 'n', 'audio']),
  },
];

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
const base64 = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const json = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 1 }))
  .map((value) => JSON.stringify(value));
const text = words.map((value): TextPart => ({ type: 'text', text: value }));
const url = name.map((path) => `https://example.com/${path}`);

const asked: fc.Arbitrary<Part> = fc.oneof(
  text,
  fc
    .tuple(url, fc.constantFrom('low', 'high', 'auto'))
    .map(([to, detail]): Part => ({ type: 'image', source: { kind: 'url', url: to }, detail })),
  base64.map(
    (data): Part => ({ type: 'image', source: { kind: 'base64', mediaType: 'image/png', data }, detail: 'auto' }),
  ),
  base64.map(
    (data): Part => ({ type: 'file', name: 'a.pdf', source: { kind: 'base64', mediaType: 'application/pdf', data } }),
  ),
  url.map((to): Part => ({ type: 'file', name: 'b.pdf', source: { kind: 'url', url: to } })),
  base64.map((data): Part => ({ type: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data } })),
);

/** Thinking with what its own dialect wants back. */
const thought: fc.Arbitrary<Part> = fc.record({ text: words, id: name, encrypted: base64 }).map((value) => ({
  type: 'reasoning',
  dialect: 'openai-responses',
  ...value,
}));
const call: fc.Arbitrary<Extract<Part, { type: 'tool-call' }>> = fc
  .record({ id: name, name, arguments: json })
  .map((value) => ({ type: 'tool-call', ...value }));
const calls = fc.uniqueArray(call, { maxLength: 3, selector: ({ id }) => id });

const exchange: fc.Arbitrary<readonly Message[]> = fc
  .record({
    asked: fc.array(asked, { minLength: 1, maxLength: 3 }),
    thought: fc.option(thought),
    said: text,
    calls,
    outcome: fc.array(text, { minLength: 1, maxLength: 2 }),
  })
  .map((turn) => [
    { role: 'user', parts: turn.asked },
    { role: 'assistant', parts: [...(turn.thought ? [turn.thought] : []), turn.said, ...turn.calls] },
    ...turn.calls.map(
      ({ id }): Message => ({ role: 'tool', parts: [{ type: 'tool-result', callId: id, content: turn.outcome }] }),
    ),
  ]);

const settings = fc.record(
  {
    tools: fc.uniqueArray(
      fc.record({
        name,
        description: words,
        parameters: fc.constant({ type: 'object', properties: {} }),
        strict: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3, selector: (tool) => tool.name },
    ),
    parallelToolCalls: fc.boolean(),
    output: fc.constantFrom(
      { kind: 'json' as const },
      { kind: 'json-schema' as const, name: 'a', schema: { type: 'object' }, strict: true, description: 'd' },
    ),
    reasoning: fc.constantFrom('none', 'low', 'high', 'max').map((effort) => ({ effort }) as const),
    maxOutputTokens: fc.integer({ min: 1, max: 100_000 }),
    temperature: fc.integer({ min: 0, max: 200 }).map((percent) => percent / 100),
    topP: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    topK: fc.integer({ min: 1, max: 100 }),
    stop: fc.array(words, { minLength: 1, maxLength: 4 }),
    seed: fc.integer(),
    presencePenalty: fc.constantFrom(-1, 0, 1.5),
    frequencyPenalty: fc.constantFrom(-1, 0, 1.5),
    n: fc.integer({ min: 1, max: 4 }),
    logprobs: fc.integer({ min: 0, max: 20 }).map((top) => ({ top })),
    audio: fc.constant({ voice: 'alloy', format: 'mp3' }),
    endUser: words,
    metadata: fc.dictionary(name, words),
    serviceTier: fc.constantFrom('auto', 'flex'),
  },
  { requiredKeys: [] },
);

const request = ({ dialect, lacks }: Case): fc.Arbitrary<ChatRequest> =>
  fc
    .tuple(fc.option(words), fc.array(exchange, { minLength: 1, maxLength: 3 }), settings, fc.boolean())
    .map(([system, turns, said, stream]) => {
      const known = Object.fromEntries(
        Object.entries(said).filter(([field]) => !lacks.has(field as keyof ChatRequest)),
      );
      const { parallelToolCalls: _, ...withoutTools } = known;
      return {
        dialect: dialect.id,
        model: 'up',
        stream,
        streamUsage: dialect.id === 'openai-responses' || stream,
        messages: [
          ...(system === null ? [] : [{ role: 'system' as const, parts: [{ type: 'text' as const, text: system }] }]),
          ...turns.flat(),
        ],
        ...(known['tools'] ? known : withoutTools),
        rest: {},
      };
    });

describe.each(cases)('$id', (subject) => {
  const target = { upstreamModel: 'up', maxOutputTokens: 1, provider: subject.provider };

  test('a conversation that is encoded and decoded again is the same', () => {
    fc.assert(
      fc.property(request(subject), (conversation) => {
        const { body, dropped } = subject.dialect.encodeRequest(conversation, target);
        expect(dropped).toEqual([]);
        expect(subject.dialect.decodeRequest(JSON.parse(JSON.stringify(body)), {})).toEqual(conversation);
      }),
    );
  });
});

const reply: Reply = {
  callId: '0190',
  createdSec: 1,
  model: 'asked',
  request: { streamUsage: true, messages: [], rest: {} } as unknown as ChatRequest,
};

const tokens = fc.record({
  input: fc.nat(999),
  cacheRead: fc.nat(999),
  cacheWrite: fc.nat(999),
  output: fc.nat(999),
  reasoning: fc.nat(999),
});

/** Answers that all three dialects can hold, or only those with calls and thinking. */
const answer = (prefix: string, onlyText: boolean): fc.Arbitrary<ChatResponse> =>
  fc
    .record({ id: name, thought: fc.option(thought), said: text, calls, createdSec: fc.nat(2_000_000_000), tokens })
    .map((given) => ({
      id: `${prefix}${given.id}`,
      model: 'asked',
      createdSec: given.createdSec,
      choices: [
        {
          index: 0,
          parts: onlyText ? [given.said] : [...(given.thought ? [given.thought] : []), given.said, ...given.calls],
          finish: {
            reason: onlyText || given.calls.length === 0 ? ('stop' as const) : ('tool-calls' as const),
            raw: null,
          },
        },
      ],
      usage: { tokens: { ...given.tokens, cacheWrite1h: 0, audioInput: 0, audioOutput: 0 }, raw: {} },
    }));

/** Without the provider's own words, which differ on purpose. */
const told = ({ usage, choices, ...response }: ChatResponse) => ({
  ...response,
  choices: choices.map(({ finish, ...choice }) => ({ ...choice, reason: finish.reason })),
  tokens: usage?.tokens,
});

const streams = [
  { id: 'openai-chat', dialect: openaiChat, prefix: 'chatcmpl-', onlyText: false },
  { id: 'openai-completions', dialect: openaiCompletions, prefix: 'cmpl-', onlyText: true },
  { id: 'openai-responses', dialect: openaiResponses, prefix: 'resp_', onlyText: false },
] as const;

describe.each(streams)('$id', ({ dialect, prefix, onlyText }) => {
  const encode = (given: ChatResponse): Buffer => {
    const encoder = dialect.encoder(reply);
    return Buffer.from(
      eventsOf(given)
        .map((event) => encoder.push(event))
        .join(''),
    );
  };
  const decode = (chunks: readonly Uint8Array[]): ChatEvent[] => {
    const parser = new SseParser();
    const decoder = dialect.decoder({});
    const wire = [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.flush()];
    return [...wire.flatMap((event) => decoder.push(event)), ...decoder.finish()];
  };

  test('an answer that is encoded and decoded again is the same, whole and streamed', () => {
    fc.assert(
      fc.property(answer(prefix, onlyText), (given) => {
        expect(told(dialect.decodeResponse(dialect.encodeResponse(given, reply), {}))).toEqual(told(given));
        expect(told(foldEvents(decode([encode(given)])))).toEqual(told(given));
      }),
    );
  });

  test('a stream cut at every byte gives the same events', () => {
    const [given] = fc.sample(answer(prefix, onlyText), { seed: 11, numRuns: 1 });
    const bytes = encode(given!);
    const expected = decode([bytes]);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(decode([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(expected);
    }
  });

  test('every part that begins ends, wherever the stream is cut off', () => {
    fc.assert(
      fc.property(answer(prefix, onlyText), fc.double({ min: 0, max: 0.95, noNaN: true }), (given, share) => {
        const bytes = encode(given);
        const events = decode([bytes.subarray(0, Math.floor(bytes.length * share))]);
        const count = (type: ChatEvent['type']) => events.filter((event) => event.type === type).length;
        if (count('error') === 0) expect(count('part-end')).toBe(count('part-start'));
      }),
    );
  });
});
