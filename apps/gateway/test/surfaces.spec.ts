import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

/** Route → the dialect that its provider speaks. */
const ROUTES = { fast: 'openai', smart: 'anthropic', google: 'gemini', europe: 'mistral' } as const;
const PROMPT = 'say hello';

interface Client {
  whole(model: string, prompt: string): Promise<string>;
  streamed(model: string, prompt: string): Promise<string>;
}

/** The official SDK of each surface, pointed at the gateway. */
const clients: Record<string, () => Client> = {
  openai: () => {
    const client = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
    const ask = (model: string, content: string) => ({ model, messages: [{ role: 'user' as const, content }] });
    return {
      whole: async (model, prompt) =>
        (await client.chat.completions.create(ask(model, prompt))).choices[0]?.message.content ?? '',
      streamed: async (model, prompt) => {
        let text = '';
        for await (const chunk of await client.chat.completions.create({ ...ask(model, prompt), stream: true }))
          text += chunk.choices[0]?.delta.content ?? '';
        return text;
      },
    };
  },
  anthropic: () => {
    const client = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
    const ask = (model: string, content: string) => ({
      model,
      max_tokens: 500,
      messages: [{ role: 'user' as const, content }],
    });
    return {
      whole: async (model, prompt) =>
        (await client.messages.create(ask(model, prompt))).content
          .map((block) => (block.type === 'text' ? block.text : ''))
          .join(''),
      streamed: (model, prompt) => client.messages.stream(ask(model, prompt)).finalText(),
    };
  },
  gemini: () => {
    const client = new GoogleGenAI({ apiKey: harness.key, httpOptions: { baseUrl: harness.url } });
    return {
      whole: async (model, prompt) => (await client.models.generateContent({ model, contents: prompt })).text ?? '',
      streamed: async (model, prompt) => {
        let text = '';
        for await (const chunk of await client.models.generateContentStream({ model, contents: prompt }))
          text += chunk.text ?? '';
        return text;
      },
    };
  },
};

describe.each(Object.keys(clients))('the %s SDK', (surface) => {
  it.each(Object.entries(ROUTES))(
    'gets the same text whole and streamed through route %s from a %s provider, and the call is booked',
    async (route, provider) => {
      const client = clients[surface]!();
      const whole = await client.whole(route, PROMPT);
      expect(whole).toContain('hello');
      expect(await client.streamed(route, PROMPT)).toBe(whole);
      const events = (await harness.events()).slice(-2);
      expect(events).toMatchObject([
        { provider, stream: false, status: 200, estimated: false },
        { provider, stream: true, status: 200, estimated: false },
      ]);
      expect(events[0]?.costNanoUsd).toBe(events[1]?.costNanoUsd);
    },
  );
});

describe('Gemini’s paths', () => {
  const post = (path: string) =>
    fetch(`${harness.url}/v1beta/models/${path}`, {
      method: 'POST',
      headers: { 'x-goog-api-key': harness.key },
      body: JSON.stringify({ contents: [{ parts: [{ text: PROMPT }] }] }),
    });
  it('a stream without alt=sse is one JSON array', async () => {
    const chunks = (await (await post('fast:streamGenerateContent')).json()) as {
      candidates: { content: { parts: { text: string }[] } }[];
    }[];
    expect(chunks.length).toBeGreaterThan(1);
    expect(
      chunks
        .flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? [])
        .map(({ text }) => text ?? '')
        .join(''),
    ).toContain('hello');
  });
  it('an unsafe model name or unknown method is refused in Gemini’s shape', async () => {
    expect((await post('..%2Fx:generateContent')).status).toBe(400);
    const unknown = await post('fast:explode');
    expect([unknown.status, ((await unknown.json()) as { error: { code: number } }).error.code]).toEqual([404, 404]);
  });
});
