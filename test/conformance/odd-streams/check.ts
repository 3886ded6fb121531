import { expect } from 'vitest';
import {
  type ChatDialect,
  type ChatEvent,
  type ChatResponse,
  chatDialects,
  type DialectId,
  foldEvents,
  type JsonObject,
  type Reply,
  SseParser,
  type StreamMeter,
  type WireEvent,
} from '#libs/dialects';

/** A stream as no provider's documents have it, and what must be made of it all the same. */
export interface OddStream {
  readonly name: string;
  readonly events: readonly (JsonObject | string)[];
  readonly text?: string;
  /** Names and arguments of the calls. */
  readonly calls?: readonly (readonly [string, unknown])[];
  /** Why it ended; absent where the stream does not say. */
  readonly finish?: string;
  /** Whether the dialect's own terminal event came. */
  readonly ended?: boolean;
  /** The class of the error inside. */
  readonly error?: string;
  readonly input?: number;
  readonly output?: number;
}

const surfaces = Object.values(chatDialects);
const dialect = (id: DialectId): ChatDialect => chatDialects[id] as ChatDialect;

const reply = (surface: ChatDialect): Reply => ({
  callId: '01900000-0000-7000-8000-000000000000',
  createdSec: 1_700_000_000,
  model: 'asked-for',
  request: { dialect: surface.id, model: 'asked-for', stream: true, streamUsage: true, messages: [], rest: {} },
});

const wire = (event: JsonObject | string): WireEvent => ({
  event: typeof event === 'object' && typeof event['type'] === 'string' ? event['type'] : null,
  data: typeof event === 'string' ? event : JSON.stringify(event),
  raw: new Uint8Array(),
});

function decode(of: ChatDialect, events: readonly WireEvent[]): ChatEvent[] {
  const decoder = of.decoder({});
  return [...events.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}

function encode(surface: ChatDialect, events: readonly ChatEvent[]): string {
  const encoder = surface.encoder(reply(surface));
  return events.map((event) => encoder.push(event)).join('');
}

const parse = (sse: string): WireEvent[] => {
  const parser = new SseParser();
  return [...parser.push(Buffer.from(sse)), ...parser.flush()];
};

/** Whatever came in, what comes out is in order: one start, parts that open once and close once, one end at the end. */
function expectInOrder(events: readonly ChatEvent[]): void {
  const open = new Set<string>();
  const seen = new Set<string>();
  expect(events.filter(({ type }) => type === 'start').length).toBeLessThanOrEqual(1);
  for (const [at, event] of events.entries()) {
    const key = 'part' in event ? `${event.choice}.${event.part}` : '';
    if (event.type === 'start') expect(at).toBe(0);
    if (event.type === 'part-start') {
      expect(seen.has(key)).toBe(false);
      seen.add(key);
      open.add(key);
    }
    if (event.type === 'part-delta') expect(open.has(key)).toBe(true);
    if (event.type === 'part-end') expect(open.delete(key)).toBe(true);
    if (event.type === 'end') expect([at, open.size]).toEqual([events.length - 1, 0]);
  }
  if (!events.some(({ type }) => type === 'error')) expect(open.size).toBe(0);
}

function meaning(events: readonly ChatEvent[]) {
  const { choices, usage }: ChatResponse = foldEvents(events);
  const parts = choices.flatMap((choice) => choice.parts);
  const error = events.find((event) => event.type === 'error');
  const tokens = usage?.tokens;
  return {
    text: parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : '')).join(''),
    calls: parts.flatMap((part) => (part.type === 'tool-call' ? [[part.name, JSON.parse(part.arguments)]] : [])),
    finish: events.some(({ type }) => type === 'finish') ? choices[0]?.finish.reason : undefined,
    ended: events.at(-1)?.type === 'end',
    error: error?.error.kind,
    input: tokens && tokens.input + tokens.cacheRead + tokens.cacheWrite,
    output: tokens && tokens.output + tokens.reasoning,
  };
}

/** What follows the stream where it passes through. */
function meterOf(id: DialectId, events: OddStream['events']): StreamMeter {
  const target = { upstreamModel: 'm', maxOutputTokens: 9, provider: 'openai' };
  const { meter } = dialect(id).passThrough('{"stream":true}', { stream: true }, target);
  for (const event of events) meter.push(wire(event));
  return meter;
}

/** Reads the odd stream, and reads again what each surface makes of it. Throws where it does not make sense. */
export function check(id: DialectId, odd: OddStream): void {
  const events = decode(dialect(id), odd.events.map(wire));
  expectInOrder(events);
  const said = meaning(events);
  expect(said).toEqual({
    text: odd.text ?? '',
    calls: odd.calls ?? [],
    finish: odd.finish,
    ended: odd.ended ?? odd.error === undefined,
    error: odd.error,
    input: odd.input,
    output: odd.output,
  });
  if (said.error === undefined) expect(meterOf(id, odd.events).complete, 'passed through').toBe(said.ended);
  for (const surface of surfaces) {
    const again = decode(surface, parse(encode(surface, events)));
    expectInOrder(again);
    expect(meaning(again).text, surface.id).toBe(said.text);
    if (surface.id !== 'openai-completions') expect(meaning(again).calls, surface.id).toEqual(said.calls);
  }
}
