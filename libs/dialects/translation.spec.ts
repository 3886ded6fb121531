import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chatDialects } from './chat-dialects.js';
import type { ChatDialect, Reply, WireEvent } from './dialect.js';
import {
  type ChatEvent,
  type ChatResponse,
  type DialectId,
  eventsOf,
  type Finish,
  foldEvents,
  type JsonObject,
} from './neutral/index.js';
import { SseParser } from './sse/index.js';

const root = resolve(process.env['TOLLGATE_CORPUS'] ?? '../shared/corpus', 'providers');
const present = existsSync(root);
if (!present) console.warn(`SKIPPED: no recordings at ${root}; set TOLLGATE_CORPUS to run them`);

interface Recording {
  readonly name: string;
  readonly dialect: ChatDialect;
  /** One for a whole body, one per event for a stream. */
  readonly bodies: readonly JsonObject[];
  readonly streamed: boolean;
}

/** What tells the dialects' answers apart, whole or the first event. */
function dialectOf(body: JsonObject): DialectId | undefined {
  const { type, object } = body;
  if (type === 'message' || type === 'message_start') return 'anthropic-messages';
  if ('candidates' in body) return 'gemini';
  if (typeof object === 'string' && object.startsWith('chat.completion')) return 'openai-chat';
  if (object === 'response' || (typeof type === 'string' && type.startsWith('response.'))) return 'openai-responses';
  if ('output' in body || 'messageStart' in body || 'contentBlockStart' in body) return 'bedrock-converse';
  if (type === 'message-start' || ('message' in body && 'finish_reason' in body)) return 'cohere-chat';
  return undefined;
}

function read(path: string): Recording | undefined {
  const streamed = path.endsWith('.chunks.txt');
  const text = readFileSync(path, 'utf8');
  const lines = streamed ? text.split('\n').filter((line) => line.startsWith('{')) : [text];
  const bodies = lines.map((line) => JSON.parse(line) as JsonObject);
  const id = bodies[0] && dialectOf(bodies[0]);
  const dialect = id && chatDialects[id];
  return dialect && { name: relative(root, path), dialect, bodies, streamed };
}

const recordings = present
  ? readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(json|chunks\.txt)$/.test(path))
      .map((path) => read(join(root, path)))
      .filter((recording) => recording !== undefined)
  : [];
const surfaces = Object.values(chatDialects);
const pairs = recordings.flatMap((recording) =>
  surfaces.map((surface) => ({ name: recording.name, surface: surface.id, recording, to: surface })),
);

const reply = (surface: ChatDialect): Reply => ({
  callId: '01900000-0000-7000-8000-000000000000',
  createdSec: 1_700_000_000,
  model: 'asked-for',
  request: { dialect: surface.id, model: 'asked-for', stream: true, streamUsage: true, messages: [], rest: {} },
});

function decode(dialect: ChatDialect, events: readonly WireEvent[]): ChatEvent[] {
  const decoder = dialect.decoder({});
  return [...events.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}
const wireOf = (bodies: readonly JsonObject[]): WireEvent[] =>
  bodies.map((body) => ({ event: null, data: JSON.stringify(body), raw: new Uint8Array() }));
const parse = (text: string): WireEvent[] => {
  const parser = new SseParser();
  return [...parser.push(Buffer.from(text)), ...parser.flush()];
};
function encode(surface: ChatDialect, events: readonly ChatEvent[]): string {
  const encoder = surface.encoder(reply(surface));
  return events.map((event) => encoder.push(event)).join('');
}
const answerOf = ({ dialect, bodies, streamed }: Recording): ChatResponse =>
  streamed ? foldEvents(decode(dialect, wireOf(bodies))) : dialect.decodeResponse(bodies[0]!, {});

/** What a surface can say of an answer: everything here, but for the legacy one that knows no calls. */
function meaning({ choices, usage }: ChatResponse, { id }: ChatDialect): unknown {
  const knowsCalls = id !== 'openai-completions';
  const tokens = usage?.tokens;
  return {
    choices: choices.map(({ parts, finish }) => ({
      text: parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : '')).join(''),
      calls: parts.flatMap((part) =>
        part.type === 'tool-call' && knowsCalls
          ? [{ id: part.id, name: part.name, arguments: JSON.parse(part.arguments) as unknown }]
          : [],
      ),
      finish: finishOf(finish.reason, knowsCalls),
    })),
    input: tokens && tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.cacheWrite1h + tokens.audioInput,
    output: tokens && tokens.output + tokens.reasoning + tokens.audioOutput,
  };
}

function finishOf(reason: Finish['reason'], knowsCalls: boolean): string {
  if (reason === 'tool-calls') return knowsCalls ? reason : 'stop';
  return reason === 'stop' || reason === 'length' ? reason : 'other';
}

afterEach(() => vi.unstubAllGlobals());
const transport = (body: string, type: string) => async () => new Response(body, { headers: { 'content-type': type } });
const JSON_TYPE = 'application/json';
const SSE_TYPE = 'text/event-stream';
const hi = { model: 'm', max_tokens: 10, messages: [{ role: 'user' as const, content: 'hi' }] };

/** The text that the surface's official SDK makes of an answer, whole and streamed. */
const sdks: Partial<Record<DialectId, (whole: string, stream: string) => Promise<readonly [string, string]>>> = {
  'anthropic-messages': async (whole, stream) => {
    const client = (body: string, type: string) =>
      new Anthropic({ apiKey: 'none', maxRetries: 0, fetch: transport(body, type) });
    const message = await client(whole, JSON_TYPE).messages.create(hi);
    const final = await client(stream, SSE_TYPE).messages.stream(hi).finalMessage();
    const textOf = ({ content }: Anthropic.Message) =>
      content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return [textOf(message), textOf(final)];
  },
  gemini: async (whole, stream) => {
    const client = (body: string, type: string) => {
      vi.stubGlobal('fetch', transport(body, type));
      return new GoogleGenAI({ apiKey: 'none' });
    };
    type Answer = Awaited<ReturnType<GoogleGenAI['models']['generateContent']>>;
    const textOf = (answer: Answer) =>
      (answer.candidates?.[0]?.content?.parts ?? []).map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
    const ask = { model: 'm', contents: 'hi' };
    const answer = await client(whole, JSON_TYPE).models.generateContent(ask);
    let streamed = '';
    for await (const chunk of await client(stream, SSE_TYPE).models.generateContentStream(ask))
      streamed += textOf(chunk);
    return [textOf(answer), streamed];
  },
  'openai-chat': async (whole, stream) => {
    const client = (body: string, type: string) =>
      new OpenAI({ apiKey: 'none', maxRetries: 0, fetch: transport(body, type) });
    const completion = await client(whole, JSON_TYPE).chat.completions.create(hi);
    const final = await client(stream, SSE_TYPE).chat.completions.stream(hi).finalChatCompletion();
    const textOf = ({ choices }: OpenAI.ChatCompletion) =>
      (choices[0]?.message.content ?? '') + (choices[0]?.message.refusal ?? '');
    return [textOf(completion), textOf(final)];
  },
};

describe.skipIf(!present)(`${recordings.length} recordings on ${surfaces.length} surfaces`, () => {
  it.each(pairs)(
    '$name on $surface says the same, whole and streamed, and its SDK reads it',
    async ({ recording, to }) => {
      const answer = answerOf(recording);
      const events = recording.streamed ? decode(recording.dialect, wireOf(recording.bodies)) : eventsOf(answer);
      if (events.some(({ type }) => type === 'error')) return;
      const said = meaning(answer, to);
      const whole = JSON.stringify(to.encodeResponse(answer, reply(to)));
      const stream = encode(to, events);
      expect(meaning(to.decodeResponse(JSON.parse(whole) as JsonObject, {}), to)).toEqual(said);
      expect(meaning(foldEvents(decode(to, parse(stream))), to)).toEqual(said);
      const text = (said as { choices: { text: string }[] }).choices[0]?.text ?? '';
      const read = await sdks[to.id]?.(whole, stream);
      if (read) expect(read).toEqual([text, text]);
    },
  );
});
