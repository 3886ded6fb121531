import { describe, expect, test } from 'vitest';
import {
  type ChatDialect,
  type ChatEvent,
  type ChatRequest,
  type ChatResponse,
  chatDialects,
  type DialectId,
  eventsOf,
  foldEvents,
  type Reply,
  SseParser,
} from '#libs/dialects';
import { type Judge, openaiJudge } from './openai-schema.js';
import { hasCorpus, type StreamedRecording, streamedRecordings, wholeRecordings } from './recordings.js';

const surfaces = Object.values(chatDialects);
const dialect = (id: DialectId): ChatDialect => chatDialects[id]!;
const known = (recording: { readonly dialect: DialectId }) => chatDialects[recording.dialect] !== undefined;

/** As if a client of this surface had asked for a stream with usage. */
const replyOn = (surface: ChatDialect, streamUsage = true): Reply => ({
  callId: '019012ab-0000-7000-8000-000000000001',
  createdSec: 1_700_000_000,
  model: 'assistant',
  request: {
    dialect: surface.id,
    model: 'assistant',
    stream: true,
    streamUsage,
    messages: [],
    rest: {},
  } as ChatRequest,
});

/** The recording as its provider would have sent it. */
function sseOf({ dialect: id, events }: StreamedRecording): string {
  const text = events
    .map((data) => {
      const { type } = JSON.parse(data) as { readonly type?: unknown };
      return `${typeof type === 'string' ? `event: ${type}\n` : ''}data: ${data}\n\n`;
    })
    .join('');
  return id === 'openai-chat' || id === 'openai-completions' ? `${text}data: [DONE]\n\n` : text;
}

function decodeStream(surface: ChatDialect, sse: string): ChatEvent[] {
  const parser = new SseParser();
  const decoder = surface.decoder({});
  const wire = [...parser.push(Buffer.from(sse)), ...parser.flush()];
  return [...wire.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}

function encodeStream(surface: ChatDialect, events: readonly ChatEvent[], reply = replyOn(surface)): string {
  const encoder = surface.encoder(reply);
  return events.map((event) => encoder.push(event)).join('');
}

/** What an answer says, without what each dialect has to make up or cannot hold. */
const saidIn = (response: ChatResponse) =>
  response.choices.map(({ parts }) => ({
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    calls: parts.flatMap((part) => (part.type === 'tool-call' ? [[part.name, JSON.parse(part.arguments)]] : [])),
    refusal: parts.map((part) => (part.type === 'refusal' ? part.text : '')).join(''),
  }));

const WHOLE_SCHEMAS: Partial<Record<DialectId, string>> = {
  'openai-chat': 'CreateChatCompletionResponse',
  'openai-completions': 'CreateCompletionResponse',
  'openai-responses': 'Response',
};
/** For legacy completions the description has no schema of chunks: its one schema does not allow `finish_reason: null`. */
const EVENT_SCHEMAS: Partial<Record<DialectId, (type: string, judge: Judge) => string>> = {
  'openai-chat': () => 'CreateChatCompletionStreamResponse',
  'openai-responses': (type, judge) => judge.schemaOfEvent(type),
};

/** Without what only its own dialect knows: providers send such things in shapes that their own description does not allow. */
const translatable = (events: readonly ChatEvent[]): ChatEvent[] => {
  const opaque = new Set<number>();
  return events.filter((event) => {
    if (event.type === 'part-start' && event.start.kind === 'opaque') opaque.add(event.part);
    if (event.type === 'part-delta' && event.delta.kind === 'citation') return false;
    return !('part' in event && opaque.has(event.part));
  });
};

describe.skipIf(!hasCorpus)('recordings of real providers', () => {
  const judge = hasCorpus ? openaiJudge() : undefined;
  const whole = wholeRecordings().filter(known);
  const streamed = streamedRecordings().filter(known);
  let ran = 0;

  function check(schema: string | undefined, value: unknown, of: string): void {
    if (schema !== undefined)
      expect(judge?.wrongWith(schema, value), `${of}: ${JSON.stringify(value).slice(0, 500)}`).toBeUndefined();
  }

  test.each(whole)('$name, whole, says the same on every surface', ({ name, dialect: id, body }) => {
    const response = dialect(id).decodeResponse(body, {});
    expect(response.choices.length).toBeGreaterThan(0);
    expect(foldEvents(eventsOf(response))).toEqual(response);
    for (const surface of surfaces) {
      const encoded = surface.encodeResponse(response, replyOn(surface));
      const plain = foldEvents(translatable(eventsOf(response)));
      check(WHOLE_SCHEMAS[surface.id], surface.encodeResponse(plain, replyOn(surface)), `${name} on ${surface.id}`);
      const again = surface.decodeResponse(encoded, {});
      if (surface.id !== 'openai-completions') expect(saidIn(again), surface.id).toEqual(saidIn(response));
      ran += 1;
    }
  });

  test.each(streamed)('$name, streamed, says the same on every surface', (recording) => {
    const events = decodeStream(dialect(recording.dialect), sseOf(recording));
    const failed = events.some(({ type }) => type === 'error');
    expect(events[0]?.type).toMatch(/^(start|error)$/);
    const response = foldEvents(events);
    for (const surface of surfaces) {
      const sse = encodeStream(surface, events);
      const schemaOf = EVENT_SCHEMAS[surface.id];
      for (const { data } of new SseParser().push(Buffer.from(encodeStream(surface, translatable(events))))) {
        if (!judge || !schemaOf || data === '[DONE]') continue;
        const event = JSON.parse(data) as { readonly type?: string };
        check(schemaOf(event.type ?? '', judge), event, `${recording.name} on ${surface.id}`);
      }
      const again = decodeStream(surface, sse);
      if (surface.id !== 'openai-completions') expect(saidIn(foldEvents(again)), surface.id).toEqual(saidIn(response));
      if (!failed && events.at(-1)?.type === 'end') expect(again.at(-1)?.type, surface.id).toBe('end');
      ran += 1;
    }
  });

  test.each(streamed)(
    '$name passes through with the same usage as decoded, and says when content began',
    (recording) => {
      const self = dialect(recording.dialect);
      const sse = sseOf(recording);
      const body = { model: 'm', messages: [], stream: true, stream_options: { include_usage: true } };
      const { meter } = self.passThrough(JSON.stringify(body), body, {
        upstreamModel: 'm',
        maxOutputTokens: 1,
        provider: 'x',
      });
      const parser = new SseParser();
      const seen = parser.push(Buffer.from(sse)).map((event) => ({ event, ...meter.push(event) }));
      const events = decodeStream(self, sse);
      expect(Buffer.concat(seen.flatMap(({ forward, event }) => (forward ? [event.raw] : []))).toString()).toBe(sse);
      expect(meter.usage?.tokens).toEqual(foldEvents(events).usage?.tokens);
      expect(seen.some(({ error }) => error)).toBe(events.some(({ type }) => type === 'error'));
      if (!events.some(({ type }) => type === 'error')) expect(seen.some(({ content }) => content)).toBe(true);
    },
  );

  test('the number of recordings and surfaces is told', () => {
    console.log(
      `${whole.length} whole and ${streamed.length} streamed recordings on ${surfaces.length} surfaces: ${ran} translations`,
    );
    expect(whole.length + streamed.length).toBeGreaterThan(50);
  });
});

if (!hasCorpus) console.warn('RECORDINGS SKIPPED: no corpus found; set TOLLGATE_CORPUS to its folder');
