import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, route, startHarness } from './harness.js';
import { startUpstream } from './upstream.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const chunk = (content: string): string =>
  `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"${content}"}}]}`;
const FINISH =
  'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}';

async function streamed(
  body: string | readonly string[],
  path = '/v1/chat/completions',
  ask: object = {},
  provider: 'openai' | 'gemini' = 'openai',
): Promise<string> {
  await using upstream = await startUpstream((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    void inPieces(response, [body].flat());
  });
  await harness.configure({
    ...upstream.part(harness, [upstream.model('own', provider)]),
    routes: [route('fast', ['own'])],
  });
  const response = await fetch(harness.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(
      provider === 'gemini' ? ask : { model: 'fast', messages: [{ role: 'user', content: 'x' }], stream: true, ...ask },
    ),
  });
  return await response.text();
}

const unix = (text: string): string => text.replaceAll('\r', '');

/** Each piece in a packet of its own. */
async function inPieces(response: ServerResponse, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    response.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  response.end();
}

/** The data of each event and the comments, as an SSE client reads them: a blank line ends an event. */
const read = (text: string): readonly string[] => text.split(/\n\n+/).filter((event) => event !== '');

describe('what Tollgate adds to a stream stands apart', () => {
  it.each(['', '\n', '\r\n'])('from a last event that ends with %j', async (end) => {
    const events = read(await streamed(`${chunk('a')}\n\n${FINISH}\n\ndata: [DONE]${end}`));
    expect(events.slice(-2)).toEqual([
      expect.stringMatching(/^data: \[DONE\]\s?$/),
      expect.stringMatching(/^: x-tollgate-cost-usd [\d.]+$/),
    ]);
  });

  it('from an event in the middle of which the provider broke off', async () => {
    const events = read(await streamed(`${chunk('a')}\n\n${chunk('b')}`));
    expect(events.slice(-2)).toEqual([
      expect.stringMatching(/^data: \{"error":.*"upstream_error"/),
      expect.stringMatching(/^: x-tollgate-cost-usd /),
    ]);
    expect(events).toContain(chunk('b'));
  });

  it('in events of sound too', async () => {
    const events = read(
      await streamed(
        'data: {"type":"speech.audio.delta","audio":"AA=="}\n\ndata: {"type":"speech.audio.done"}',
        '/v1/audio/speech',
        {
          input: 'x',
          voice: 'alloy',
          stream_format: 'sse',
        },
      ),
    );
    expect(events.slice(-2)).toEqual([
      'data: {"type":"speech.audio.done"}',
      expect.stringMatching(/^: x-tollgate-cost-usd /),
    ]);
  });
});

describe('an answer that passes through is not over when it could be', () => {
  const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}';

  it('what comes behind the finish reason in packets of its own reaches the client, and the ledger', async () => {
    const pieces = [chunk('a'), FINISH, USAGE, 'data: [DONE]'];
    const before = (await harness.events()).length;
    const events = read(
      await streamed(
        pieces.map((event) => `${event}\n\n`),
        undefined,
        { stream_options: { include_usage: true } },
      ),
    );
    expect(events.slice(0, -1)).toEqual(pieces);
    const event = (await harness.events())[before];
    expect(event).toMatchObject({ status: 200, estimated: false, tokens: { input: 3, output: 2 } });
  });

  it('a Gemini answer that says in every event why it ends is whole', async () => {
    const piece = (text: string): string =>
      `data: {"candidates":[{"content":{"role":"model","parts":[{"text":"${text}"}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5}}`;
    const pieces = [piece('a'), piece('b'), piece('c')];
    const path = '/v1beta/models/fast:streamGenerateContent?alt=sse';
    const ask = { contents: [{ parts: [{ text: 'x' }] }] };
    const events = read(
      await streamed(
        pieces.map((event) => `${event}\r\n\r\n`),
        path,
        ask,
        'gemini',
      ).then(unix),
    );
    expect(events.slice(0, -1)).toEqual(pieces);
  });
});
