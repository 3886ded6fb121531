import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, route, startHarness } from '../../apps/gateway/test/harness.js';

/** A provider that keeps the bytes it gets, and answers with the bytes it was told, in pieces of seven. */
interface Upstream extends AsyncDisposable {
  readonly url: string;
  received: string;
  answer: { readonly contentType: string; readonly body: string };
}

async function startUpstream(): Promise<Upstream> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    upstream.received = Buffer.concat(chunks).toString();
    response.writeHead(200, { 'content-type': upstream.answer.contentType });
    const bytes = Buffer.from(upstream.answer.body);
    for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: '',
    answer: { contentType: 'application/json', body: '{}' },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return upstream;
}

interface Case {
  readonly path: (stream: boolean) => string;
  /** The client's body; `MODEL` where the model's name is, and `STREAM` where it says whether to stream. */
  readonly request: string;
  readonly whole: string;
  readonly stream: string;
}

/** Spelled as no serialiser would, with members that nobody knows: a parser that wrote it anew would be found out. */
const ODD_MEMBERS = '"unheard_of" : {"z":1.0, "a":1e2 ,"text":"\\u00fc \\/ ü 🙂"}';

const CHAT_STREAM = [
  ': a comment\n\n',
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk", "created":1,"model":"up","choices":[{"index":0,"delta":{"role":"assistant","content":"gr\\u00fc"},"finish_reason":null}],"unheard_of":1.0}\r\n\r\n',
  'data:{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{"content":"ß 🙂"},"finish_reason":null}]}\n\n',
  'event: hologram\ndata: {"choices":[]}\n\n',
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n',
  'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\n\n',
  'data: [DONE]\n\n',
].join('');

const CHAT_WHOLE =
  '{ "id":"chatcmpl-1", "object":"chat.completion","created":1,"model":"up",\n "choices":[{"index":0,"message":{"role":"assistant","content":"gr\\u00fcß"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5.0},"unheard_of":[1.0]}\n';

const cases: Readonly<Record<'openai' | 'anthropic' | 'gemini' | 'mistral', Case>> = {
  openai: {
    path: () => '/v1/chat/completions',
    request: `{ "messages":[{"role":"user","content":"\\u00fc"}],\n\t"model" : MODEL, ${ODD_MEMBERS}, "stream":STREAM,"stream_options":{"include_usage":true} }`,
    whole: CHAT_WHOLE,
    stream: CHAT_STREAM,
  },
  mistral: {
    path: () => '/v1/chat/completions',
    request:
      '{ "messages":[{"role":"user","content":"\\u00fc \\/"}],\n\t"model" : MODEL,"safe_prompt":true , "stream":STREAM, "temperature":1.0 }',
    whole: CHAT_WHOLE,
    stream: CHAT_STREAM,
  },
  anthropic: {
    path: () => '/v1/messages',
    request: `{"model":MODEL ,"max_tokens":1e2,\n "messages":[{"role":"user","content":"\\u00fc"}], ${ODD_MEMBERS},"stream":STREAM}`,
    whole:
      '{"id":"msg_1","type":"message" ,"role":"assistant","model":"up","content":[{"type":"text","text":"gr\\u00fcß","unheard_of":1.0}],\n"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":2}} ',
    stream: [
      'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"up","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}\n\n',
      'event: ping\r\ndata: {"type": "ping"}\r\n\r\n',
      'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"hologram","shape":1.0}}\n\n',
      'event: content_block_delta\ndata:{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"gr\\u00fcß 🙂"}}\n\n',
      ': a comment\n\n',
      'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n',
      'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}\n\n',
      'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    ].join(''),
  },
  gemini: {
    path: (stream) => `/v1beta/models/on-gemini:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    request: `{ "contents":[{"parts":[{"text":"\\u00fc"}]}], ${ODD_MEMBERS} }`,
    whole:
      '{"candidates": [ {"content":{"parts":[{"text":"gr\\u00fcß"}],"role":"model"},"finishReason":"STOP","index":0}],\n"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5},"unheard_of":1.0}',
    stream: [
      'data: {"candidates": [{"content": {"parts": [{"text": "gr\\u00fc"}],"role": "model"}}],"usageMetadata": {"promptTokenCount": 3},"modelVersion": "up"}\r\n\r\n',
      'data: {"candidates": [{"content": {"parts": [{"text": "ß 🙂"},{"hologram":1.0}],"role": "model"},"finishReason": "STOP"}],"usageMetadata": {"promptTokenCount": 3,"candidatesTokenCount": 2,"totalTokenCount": 5}}\r\n\r\n',
    ].join(''),
  },
};

let harness: Harness;
let upstream: Upstream;
beforeAll(async () => {
  [harness, upstream] = await Promise.all([startHarness(), startUpstream()]);
  const { providerCredentials, models } = harness.defaults;
  await harness.configure({
    providerCredentials: providerCredentials.map((credential) => ({ ...credential, baseUrl: upstream.url })),
    routes: models.map(({ slug, provider }) => route(`on-${provider}`, [slug])),
  });
});
afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
  await upstream?.[Symbol.asyncDispose]();
});

describe.each(Object.keys(cases) as (keyof typeof cases)[])('%s on both sides', (provider) => {
  const { path, request, whole, stream } = cases[provider];

  async function pass(streamed: boolean): Promise<string> {
    const body = streamed ? stream : whole;
    upstream.answer = { contentType: streamed ? 'text/event-stream' : 'application/json', body };
    const response = await fetch(harness.url + path(streamed), {
      method: 'POST',
      headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
      body: request.replace('MODEL', `"on-${provider}"`).replace('STREAM', String(streamed)),
    });
    expect(response.status).toBe(200);
    return response.text();
  }

  it.each([false, true])('the provider gets the client’s bytes but for the model (stream: %s)', async (streamed) => {
    await pass(streamed);
    const { upstreamModel } = harness.defaults.models.find((model) => model.provider === provider)!;
    expect(upstream.received).toBe(request.replace('MODEL', `"${upstreamModel}"`).replace('STREAM', String(streamed)));
  });

  it('the client gets the provider’s bytes, whole', async () => {
    expect(await pass(false)).toBe(whole);
  });

  it('the client gets the provider’s bytes, streamed, and a comment of what it cost', async () => {
    const received = await pass(true);
    expect(received.slice(0, stream.length)).toBe(stream);
    expect(received.slice(stream.length)).toMatch(/^: [^\n]*cost[^\n]*\n\n$/);
  });

  it('what was used is booked, though nothing was translated', async () => {
    await pass(true);
    expect((await harness.events()).at(-1)).toMatchObject({
      provider,
      stream: true,
      tokens: { input: 3, output: 2 },
      estimated: false,
    });
  });
});
