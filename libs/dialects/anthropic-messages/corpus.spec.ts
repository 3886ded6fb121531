import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import type { DecodeContext, Reply, WireEvent } from '../dialect.js';
import {
  type ChatEvent,
  type ChatResponse,
  eventsOf,
  foldEvents,
  type JsonObject,
  type Part,
} from '../neutral/index.js';
import { SseParser } from '../sse/index.js';
import { anthropicMessages } from './index.js';

const folder = resolve(process.env['TOLLGATE_CORPUS'] ?? '../shared/corpus', 'providers/anthropic');
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: no recordings at ${folder}; set TOLLGATE_CORPUS to run them`);
const names = present ? readdirSync(folder) : [];
const wholes = names.filter((name) => name.endsWith('.json'));
const streams = names.filter((name) => name.endsWith('.chunks.txt'));

const context: DecodeContext = {};
const reply: Reply = {
  callId: '018f-1',
  createdSec: 1,
  model: 'asked-for',
  request: { dialect: 'anthropic-messages', model: 'm', stream: true, streamUsage: true, messages: [], rest: {} },
};
const client = (body: string, type: string): Anthropic =>
  new Anthropic({
    apiKey: 'none',
    maxRetries: 0,
    fetch: async () => new Response(body, { headers: { 'content-type': type } }),
  });
const ask = { model: 'm', max_tokens: 10, messages: [{ role: 'user' as const, content: 'hi' }] };

function eventsIn(lines: readonly string[]): WireEvent[] {
  return lines.map((data) => ({ event: null, data, raw: Buffer.from(data) }));
}
function decode(events: readonly WireEvent[]): ChatEvent[] {
  const decoder = anthropicMessages.decoder(context);
  return [...events.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}
function encode(events: readonly ChatEvent[]): string {
  const encoder = anthropicMessages.encoder(reply);
  return events.map((event) => encoder.push(event)).join('');
}
const parse = (text: string): WireEvent[] => {
  const parser = new SseParser();
  return [...parser.push(Buffer.from(text)), ...parser.flush()];
};
const contentOf = (response: ChatResponse): unknown => ({
  parts: response.choices[0]!.parts.filter(saysSomething).map(withParsedArguments),
  finish: response.choices[0]!.finish,
  tokens: response.usage?.tokens,
});
const saysSomething = (part: Part): boolean => part.type !== 'text' || part.text !== '';

const withParsedArguments = (part: Part): unknown =>
  part.type === 'tool-call' ? { ...part, arguments: JSON.parse(part.arguments) } : part;

describe.skipIf(!present)(`recordings of Anthropic (${wholes.length} whole, ${streams.length} streamed)`, () => {
  it.each(wholes)('%s comes out of the surface as it went in, and the SDK reads it', async (name) => {
    const body = JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject;
    const decoded = anthropicMessages.decodeResponse(body, context);
    const encoded = anthropicMessages.encodeResponse(decoded, reply);
    expect(contentOf(anthropicMessages.decodeResponse(encoded, context))).toEqual(contentOf(decoded));
    const message = await client(JSON.stringify(encoded), 'application/json').messages.create(ask);
    expect(message.content.map(({ type }) => type)).toEqual(
      (body['content'] as { type: string }[]).map(({ type }) => type),
    );
    const streamed = foldEvents(decode(parse(encode(eventsOf(decoded)))));
    expect(contentOf(streamed)).toEqual(contentOf(decoded));
  });

  it.each(streams)('%s folds to what its re-encoded stream says, and the SDK accumulates it', async (name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
    const events = decode(eventsIn(lines));
    expect(events.at(-1)).toEqual({ type: 'end' });
    const whole = foldEvents(events);
    const text = encode(events);
    expect(contentOf(foldEvents(decode(parse(text))))).toEqual(contentOf(whole));
    // The beta accumulator is the one that knows every block, MCP calls and compaction too.
    const final = await client(text, 'text/event-stream').beta.messages.stream(ask).finalMessage();
    const again = anthropicMessages.decodeResponse(final as unknown as JsonObject, context);
    expect(contentOf(again)).toEqual(contentOf(whole));
  });
});
