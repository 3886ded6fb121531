import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from './anthropic-messages/index.js';
import { bedrockConverse } from './bedrock-converse/index.js';
import { cohereChat } from './cohere-chat/index.js';
import type { ChatDialect, EncodeTarget, Reply, WireEvent } from './dialect.js';
import { gemini } from './gemini/index.js';
import {
  type ChatEvent,
  type ChatRequest,
  type ChatResponse,
  eventsOf,
  foldEvents,
  type Message,
  type Part,
  type ReasoningPart,
  type ToolCallPart,
} from './neutral/index.js';
import { SseParser } from './sse/index.js';

interface Case {
  readonly id: string;
  readonly dialect: ChatDialect;
  readonly model: string;
  /** What of the conversations below this dialect cannot say. */
  readonly lacks: readonly (
    | 'linked-images'
    | 'files'
    | 'failed-results'
    | 'signatures'
    | 'reasoning-tokens'
    | 'cached-tokens'
  )[];
  /** Events from the one that says the answer is complete. */
  readonly lastEvents: number;
}

const cases: readonly Case[] = [
  { id: 'anthropic-messages', dialect: anthropicMessages, model: 'claude-sonnet-4-5', lacks: [], lastEvents: 1 },
  { id: 'gemini', dialect: gemini, model: 'gemini-2.5-flash', lacks: [], lastEvents: 1 },
  {
    id: 'bedrock-converse',
    dialect: bedrockConverse,
    model: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    lacks: ['linked-images', 'reasoning-tokens'],
    lastEvents: 2,
  },
  {
    id: 'cohere-chat',
    dialect: cohereChat,
    model: 'command-a-03-2025',
    lacks: ['files', 'failed-results', 'signatures', 'reasoning-tokens', 'cached-tokens'],
    lastEvents: 1,
  },
];

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');
const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,30}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
const json = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.integer(), fc.boolean(), words));
const base64 = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const text = words.map((value): Part => ({ type: 'text', text: value }));
const inlineImage = base64.map(
  (data): Part => ({ type: 'image', source: { kind: 'base64', mediaType: 'image/png', data } }),
);
const linkedImage = name.map(
  (path): Part => ({ type: 'image', source: { kind: 'url', url: `https://example.com/${path}.png` } }),
);
const file = base64.map(
  (data): Part => ({ type: 'file', name: 'report', source: { kind: 'base64', mediaType: 'application/pdf', data } }),
);
const call = fc
  .record({ id, name, arguments: json.map((value) => JSON.stringify(value)) })
  .map((value): ToolCallPart => ({ type: 'tool-call', ...value }));

/** Thinking, with the proof that comes with it where the dialect has one. */
const thought = (lacks: Case['lacks']): fc.Arbitrary<Pick<ReasoningPart, 'text' | 'signature'>> =>
  lacks.includes('signatures') ? fc.record({ text: words }) : fc.record({ text: words, signature: base64 });

/** A question, and an answer that thinks, speaks and calls; each call answered in turn, in order. */
const exchange = ({ dialect, lacks }: Case): fc.Arbitrary<readonly Message[]> =>
  fc
    .record({
      asked: fc.array(
        fc.oneof(
          text,
          inlineImage,
          ...(lacks.includes('files') ? [] : [file]),
          ...(lacks.includes('linked-images') ? [] : [linkedImage]),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      thought: fc.option(thought(lacks)),
      said: fc.option(text),
      calls: fc.uniqueArray(call, { maxLength: 3, selector: (value) => value.id }),
      outcomes: fc.array(
        fc.record({ text: words, failed: lacks.includes('failed-results') ? fc.constant(false) : fc.boolean() }),
        { minLength: 3, maxLength: 3 },
      ),
    })
    .map(({ asked, thought: mused, said, calls, outcomes }) => {
      const reasoning: ReasoningPart[] = mused ? [{ type: 'reasoning', dialect: dialect.id, ...mused }] : [];
      const answer: Part[] = [...reasoning, ...(said ? [said] : []), ...calls];
      const results = calls.map(({ id: callId, name: called }, index): Part => {
        const { text: outcome, failed } = outcomes[index]!;
        const content = [{ type: 'text' as const, text: outcome }];
        return { type: 'tool-result', callId, name: called, content, ...(failed ? { failed } : {}) };
      });
      return [
        { role: 'user' as const, parts: asked },
        ...(answer.length > 0 ? [{ role: 'assistant' as const, parts: answer }] : []),
        ...(results.length > 0 ? [{ role: 'tool' as const, parts: results }] : []),
      ];
    });

const request = (subject: Case): fc.Arbitrary<ChatRequest> =>
  fc
    .record({
      system: fc.option(words),
      turns: fc.array(exchange(subject), { minLength: 1, maxLength: 3 }),
      tools: fc.uniqueArray(fc.record({ name, description: words }), {
        minLength: 1,
        maxLength: 3,
        selector: (tool) => tool.name,
      }),
      maxOutputTokens: fc.integer({ min: 1, max: 100_000 }),
      temperature: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
      stop: fc.array(words, { minLength: 1, maxLength: 4 }),
    })
    .map(({ system, turns, tools, ...rest }) => ({
      dialect: subject.dialect.id,
      model: subject.model,
      stream: false,
      streamUsage: true,
      messages: [
        ...(system === null ? [] : [{ role: 'system' as const, parts: [{ type: 'text' as const, text: system }] }]),
        ...turns.flat(),
      ],
      tools: tools.map((tool) => ({
        ...tool,
        parameters: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      })),
      toolChoice: { kind: 'required' as const },
      ...rest,
      rest: {},
    }));

/** Who said what, whatever messages it was cut into. A result's function name is the call's, not every dialect repeats it. */
const said = ({ messages }: ChatRequest): unknown =>
  messages.flatMap(({ role, parts }) =>
    parts.map((part) => {
      if (part.type === 'tool-result') return { role, ...part, name: undefined };
      if (part.type === 'tool-call') return { role, ...part, arguments: JSON.parse(part.arguments) as unknown };
      if (part.type === 'image' && part.source.kind === 'url') return { role, url: part.source.url };
      return { role, ...part };
    }),
  );

const target = (upstreamModel: string): EncodeTarget => ({ upstreamModel, maxOutputTokens: 4096, provider: 'any' });
const reply = (asked: ChatRequest): Reply => ({ callId: '018f', createdSec: 1, model: 'shown', request: asked });

const parse = (bytes: readonly Uint8Array[]): WireEvent[] => {
  const parser = new SseParser();
  return [...bytes.flatMap((chunk) => parser.push(chunk)), ...parser.flush()];
};
function decode(dialect: ChatDialect, events: readonly WireEvent[]): ChatEvent[] {
  const decoder = dialect.decoder({});
  return [...events.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}
function encode(dialect: ChatDialect, events: readonly ChatEvent[], asked: ChatRequest): Buffer {
  const encoder = dialect.encoder(reply(asked));
  return Buffer.from(events.map((event) => encoder.push(event)).join(''));
}

const answer = ({ dialect, lacks }: Case): fc.Arbitrary<ChatResponse> =>
  fc
    .record({
      id: id.map((value) => `msg_${value}`),
      thought: fc.option(thought(lacks)),
      said: fc.option(text),
      calls: fc.uniqueArray(call, { maxLength: 3, selector: (value) => value.id }),
      tokens: fc.record({
        input: fc.nat(9999),
        cacheRead: fc.nat(lacks.includes('cached-tokens') ? 0 : 9999),
        output: fc.nat(9999),
        reasoning: fc.nat(lacks.includes('reasoning-tokens') ? 0 : 9999),
      }),
    })
    .map(({ id: answerId, thought: mused, said: spoken, calls, tokens }) => ({
      id: answerId,
      model: 'answered',
      choices: [
        {
          index: 0,
          parts: [
            ...(mused ? [{ type: 'reasoning' as const, dialect: dialect.id, ...mused }] : []),
            ...(spoken ? [spoken] : []),
            ...calls,
          ],
          finish: { reason: calls.length > 0 ? ('tool-calls' as const) : ('stop' as const), raw: null },
        },
      ],
      usage: { tokens: { ...tokens, cacheWrite: 0, cacheWrite1h: 0, audioInput: 0, audioOutput: 0 }, raw: {} },
    }));

const told = ({ choices, usage }: ChatResponse): unknown => ({
  choices: choices.map(({ parts, finish }) => ({
    parts: parts.map((part) =>
      part.type === 'tool-call' ? { ...part, arguments: JSON.parse(part.arguments) as unknown } : part,
    ),
    reason: finish.reason,
  })),
  tokens: usage?.tokens,
});

describe.each(cases)('$id', (subject) => {
  const { dialect, model, lastEvents } = subject;
  it('a conversation that is encoded and decoded again says the same', () => {
    fc.assert(
      fc.property(request(subject), (asked) => {
        // A provider never gives two calls of a conversation one id: results would not know where they belong.
        const ids = asked.messages.flatMap(({ parts }) =>
          parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : [])),
        );
        fc.pre(new Set(ids).size === ids.length);
        const { body, dropped } = dialect.encodeRequest(asked, target(model));
        const again = dialect.decodeRequest(JSON.parse(JSON.stringify(body)), { model, stream: false });
        expect(dropped).toEqual([]);
        expect(said(again)).toEqual(said(asked));
        const { messages: _1, ...fields } = again;
        const { messages: _2, ...expected } = asked;
        expect(fields).toEqual(expected);
      }),
    );
  });

  it('an answer that is encoded and decoded again says the same, whole and streamed', () => {
    fc.assert(
      fc.property(request(subject), answer(subject), (asked, given) => {
        const whole = dialect.decodeResponse(dialect.encodeResponse(given, reply(asked)), {});
        expect(told(whole)).toEqual(told(given));
        const events = decode(dialect, parse([encode(dialect, eventsOf(given), asked)]));
        expect(events.at(-1)).toEqual({ type: 'end' });
        expect(told(foldEvents(events))).toEqual(told(given));
      }),
    );
  });

  it('a stream cut at any byte gives the same events', () => {
    const [asked, given] = fc.sample(
      fc.tuple(
        request(subject),
        answer(subject).filter(({ choices }) => choices[0]!.parts.length > 2),
      ),
      {
        seed: 7,
        numRuns: 1,
      },
    )[0]!;
    const bytes = encode(dialect, eventsOf(given), asked);
    const expected = decode(dialect, parse([bytes]));
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(decode(dialect, parse([bytes.subarray(0, cut), bytes.subarray(cut)]))).toEqual(expected);
    }
  });

  it('a stream that is cut off ends without its end, and what had come is kept', () => {
    fc.assert(
      fc.property(
        request(subject),
        answer(subject),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (asked, given, share) => {
          const events = parse([encode(dialect, eventsOf(given), asked)]);
          const kept = events.slice(0, Math.floor((events.length - lastEvents) * share));
          const decoded = decode(dialect, kept);
          expect(decoded.some(({ type }) => type === 'end')).toBe(false);
          const open = decoded.filter(({ type }) => type === 'part-start').length;
          expect(decoded.filter(({ type }) => type === 'part-end')).toHaveLength(open);
        },
      ),
    );
  });
});
