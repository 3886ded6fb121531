import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GoogleGenAI } from '@google/genai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Reply, WireEvent } from '../dialect.js';
import { type ChatEvent, type ChatResponse, eventsOf, foldEvents, type JsonObject } from '../neutral/index.js';
import { SseParser } from '../sse/index.js';
import { gemini } from './index.js';

const root = resolve(process.env['TOLLGATE_CORPUS'] ?? '../shared/corpus', 'providers');
const present = existsSync(root);
if (!present) console.warn(`SKIPPED: no recordings at ${root}; set TOLLGATE_CORPUS to run them`);
const names = present
  ? ['google', 'google-vertex'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  : [];
const wholes = names.filter((name) => name.endsWith('.json') && !/429|embedding/.test(name));
const streams = names.filter((name) => name.endsWith('.chunks.txt'));

const reply: Reply = {
  callId: '018f-1',
  createdSec: 1,
  model: 'asked-for',
  request: { dialect: 'gemini', model: 'm', stream: true, streamUsage: true, messages: [], rest: {} },
};

/** The SDK has no hook for its transport but the global one. */
function client(body: string, type: string): GoogleGenAI {
  vi.stubGlobal('fetch', async () => new Response(body, { headers: { 'content-type': type } }));
  return new GoogleGenAI({ apiKey: 'none' });
}
afterEach(() => vi.unstubAllGlobals());
const ask = { model: 'm', contents: 'hi' };

const parse = (text: string): WireEvent[] => {
  const parser = new SseParser();
  return [...parser.push(Buffer.from(text)), ...parser.flush()];
};
function decode(events: readonly WireEvent[]): ChatEvent[] {
  const decoder = gemini.decoder({});
  return [...events.flatMap((event) => decoder.push(event)), ...decoder.finish()];
}
function encode(events: readonly ChatEvent[]): string {
  const encoder = gemini.encoder(reply);
  return events.map((event) => encoder.push(event)).join('');
}
const contentOf = ({ choices, usage }: ChatResponse): unknown => ({ choices, tokens: usage?.tokens });

describe.skipIf(!present)(`recordings of Gemini (${wholes.length} whole, ${streams.length} streamed)`, () => {
  it.each(wholes)('%s comes out of the surface as it went in, and the SDK reads it', async (name) => {
    const body = JSON.parse(readFileSync(join(root, name), 'utf8')) as JsonObject;
    const decoded = gemini.decodeResponse(body, {});
    const encoded = gemini.encodeResponse(decoded, reply);
    expect(contentOf(gemini.decodeResponse(encoded, {}))).toEqual(contentOf(decoded));
    const answer = await client(JSON.stringify(encoded), 'application/json').models.generateContent(ask);
    const wire = (
      body['candidates'] as { content: { parts: { text?: string; functionCall?: { name: string } }[] } }[]
    )[0]!.content.parts;
    expect(answer.text ?? '').toBe(wire.map(({ text }) => text ?? '').join(''));
    expect(answer.functionCalls?.map((call) => call.name) ?? []).toEqual(
      wire.flatMap(({ functionCall }) => functionCall?.name ?? []),
    );
    expect(contentOf(foldEvents(decode(parse(encode(eventsOf(decoded))))))).toEqual(contentOf(decoded));
  });

  it.each(streams)('%s folds to what its re-encoded stream says, and the SDK accumulates it', async (name) => {
    const lines = readFileSync(join(root, name), 'utf8').split('\n').filter(Boolean);
    const events = decode(lines.map((data) => ({ event: null, data, raw: Buffer.from(data) })));
    expect(events.at(-1)).toEqual({ type: 'end' });
    const whole = foldEvents(events);
    const text = encode(events);
    expect(contentOf(foldEvents(decode(parse(text))))).toEqual(contentOf(whole));
    let said = '';
    let calls = 0;
    for await (const chunk of await client(text, 'text/event-stream').models.generateContentStream(ask)) {
      said += chunk.text ?? '';
      calls += chunk.functionCalls?.length ?? 0;
    }
    const parts = whole.choices[0]!.parts;
    expect(said).toBe(parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join(''));
    expect(calls).toBe(parts.filter(({ type }) => type === 'tool-call').length);
  });

  it('gathers arguments that came piece by piece, nested', () => {
    const lines = readFileSync(join(root, streams.find((name) => name.includes('nested'))!), 'utf8')
      .split('\n')
      .filter(Boolean);
    const [call, ...others] = foldEvents(decode(lines.map((data) => ({ event: null, data, raw: Buffer.from(data) }))))
      .choices[0]!.parts;
    expect(others).toEqual([]);
    const { recipe } = JSON.parse((call as { arguments: string }).arguments) as {
      recipe: { name: string; ingredients: unknown[]; steps: string[] };
    };
    expect(recipe.name).toBe('Lasagna');
    expect(recipe.ingredients).toHaveLength(10);
    expect(recipe.ingredients[0]).toEqual({ amount: '16 oz', name: 'Lasagna noodles' });
    expect(recipe.steps[1]).toBe('Cook lasagna noodles according to package directions, drain and set aside.');
  });
});
