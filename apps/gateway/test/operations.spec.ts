import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotModel } from '#libs/snapshot';
import { faulty, type Harness, PRICES, route, type SnapshotPart, startHarness, until } from './harness.js';

let harness: Harness;
let openai: OpenAI;
let gemini: GoogleGenAI;
let anthropic: Anthropic;

const model = (slug: string, provider: string, upstreamModel: string, more: Partial<SnapshotModel> = {}) => ({
  id: slug,
  slug,
  provider,
  credential: provider,
  upstreamModel,
  region: null,
  limits: { maxOutputTokens: 1000 },
  capabilities: {},
  prices: PRICES,
  ...more,
});
const MODELS: readonly SnapshotModel[] = [
  model('gpt', 'openai', 'gpt-4.1-mini'),
  model('claude', 'anthropic', 'claude-sonnet-4-5'),
  model('flash', 'gemini', 'gemini-2.5-flash'),
  model('small', 'mistral', 'mistral-small-latest'),
  model('embed-openai', 'openai', 'text-embedding-3-small', { region: 'us-east-1' }),
  model('embed-gemini', 'gemini', 'gemini-embedding-001'),
  model('embed-mistral', 'mistral', 'mistral-embed'),
  model('moderate', 'openai', 'omni-moderation-latest'),
  model('image', 'openai', 'gpt-image-1'),
  model('painter', 'openai', 'dall-e-3'),
  model('painter-by-image', 'openai', 'dall-e-3', { prices: { ...PRICES, perRequest: '40000000' } }),
  model('speak', 'openai', 'gpt-4o-mini-tts'),
  model('hear', 'openai', 'gpt-4o-transcribe'),
  model('whisper', 'openai', 'whisper-1'),
  model('rank-jina', 'jina', 'jina-reranker-v2-base-multilingual'),
  model('rank-cohere', 'cohere', 'rerank-v3.5', { prices: { ...PRICES, perRequest: '2000000' } }),
];
const ROUTES = MODELS.map(({ slug }) => route(slug, [slug]));

/** The default configuration of these tests, with parts of it replaced. */
const configure = (part: SnapshotPart = {}) => harness.configure({ models: MODELS, routes: ROUTES, ...part });
const lastEvent = async () => (await harness.events()).at(-1)!;
const lastCall = async () => (await harness.simulator.calls()).at(-1)!;
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(harness.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

beforeAll(async () => {
  harness = await startHarness();
  openai = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
  gemini = new GoogleGenAI({ apiKey: harness.key, httpOptions: { baseUrl: harness.url } });
  anthropic = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
  await configure();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

/** Equal as far as 32-bit floats are. */
function expectClose(vector: readonly number[], other: readonly number[]): void {
  expect(vector).toHaveLength(other.length);
  for (const [at, value] of vector.entries()) expect(value).toBeCloseTo(other[at]!, 6);
}

const EMBEDDERS = ['embed-openai', 'embed-gemini', 'embed-mistral'] as const;

describe('embeddings', () => {
  it.each(EMBEDDERS)(
    'of %s are the same through OpenAI’s SDK, in numbers or in base64, and are booked by input',
    async (name) => {
      const input = ['a red fox', 'money laundering'];
      const numbers = await openai.embeddings.create({ model: name, input, dimensions: 8, encoding_format: 'float' });
      const packed = await openai.embeddings.create({ model: name, input, dimensions: 8 });
      expect(numbers.data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
      for (const [index, { embedding }] of packed.data.entries())
        expectClose(embedding, numbers.data[index]!.embedding);
      const event = await lastEvent();
      const provider = name.slice('embed-'.length);
      expect(event).toMatchObject({ surface: 'openai-embeddings', route: name, provider, status: 200, stream: false });
      expect(event.estimated).toBe(provider === 'gemini');
      expect(event.tokens.input).toBe(packed.usage.prompt_tokens);
      expect(event.tokens.input).toBeGreaterThan(0);
      expect(BigInt(event.costNanoUsd)).toBe(BigInt(event.tokens.input) * 1000n);
    },
  );

  it.each(EMBEDDERS)('of %s are had through Gemini’s SDK, one and several', async (name) => {
    const config = { outputDimensionality: 8 };
    const one = await gemini.models.embedContent({ model: name, contents: 'a red fox', config });
    const several = await gemini.models.embedContent({ model: name, contents: ['a red fox', 'x'], config });
    expect(several.embeddings).toHaveLength(2);
    expect(one.embeddings?.[0]?.values).toHaveLength(8);
    expectClose(one.embeddings![0]!.values!, several.embeddings![0]!.values!);
    expect(await lastEvent()).toMatchObject({ surface: 'gemini-embeddings', status: 200 });
  });

  it('of one content are asked and answered by embedContent', async () => {
    for (const name of EMBEDDERS) {
      const response = await post(`/v1beta/models/${name}:embedContent`, { content: { parts: [{ text: 'hi' }] } });
      const { embedding } = (await response.json()) as { embedding: { values: number[] } };
      expect(embedding.values.length).toBeGreaterThan(100);
    }
  });

  it('pass through byte for byte but for the model', async () => {
    const body = '{ "model":"embed-openai",  "input":"h\\u00e9", "unknown":{"model":1} }';
    expect((await post('/v1/embeddings', body)).status).toBe(200);
    expect((await lastCall()).body).toBe(body.replace('"embed-openai"', '"text-embedding-3-small"'));
  });

  it('name what could not be said to another vendor', async () => {
    const response = await post('/v1/embeddings', { model: 'embed-gemini', input: 'hi', truncate: true });
    expect(response.headers.get('x-tollgate-dropped-params')).toBe('truncate');
    const odd = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`漢\n${index}`, 1]));
    const many = await post('/v1/embeddings', { model: 'embed-gemini', input: 'hi', ...odd });
    expect(many.status).toBe(200);
    expect(many.headers.get('x-tollgate-dropped-params')).toMatch(/^\?\?0, .*, \?\?31, \.\.\.$/);
  });

  it('of token ids are refused where only text can be said', async () => {
    const response = await post('/v1/embeddings', { model: 'embed-gemini', input: [1, 2, 3] });
    expect([response.status, await response.json()]).toMatchObject([400, { error: { param: 'input' } }]);
  });

  it('fail over, and skip models whose providers have none', async () => {
    await configure({
      models: [faulty('bad', 'status=503'), ...MODELS],
      routes: [route('mixed', ['claude', 'bad', 'embed-mistral'], { retry: { attempts: 2 } })],
    });
    const { response } = await openai.embeddings.create({ model: 'mixed', input: 'hi' }).withResponse();
    expect(response.headers.get('x-tollgate-model')).toBe('embed-mistral');
    expect((await lastEvent()).attempts.map(({ model }) => model)).toEqual(['bad', 'embed-mistral']);
    await configure();
  });

  it('that one model cannot be asked for are asked of the next', async () => {
    await configure({ routes: [route('mixed', ['embed-gemini', 'embed-openai'])] });
    const { response } = await openai.embeddings.create({ model: 'mixed', input: [1, 2, 3] }).withResponse();
    expect(response.headers.get('x-tollgate-model')).toBe('embed-openai');
    expect(await lastEvent()).toMatchObject({ tokens: { input: 3 }, estimated: false });
    await configure();
  });

  it('of a provider that answers garbage fail over', async () => {
    await configure({
      models: [faulty('bad', 'malformed=true'), ...MODELS],
      routes: [route('mixed', ['bad', 'embed-openai'])],
    });
    const { response } = await openai.embeddings.create({ model: 'mixed', input: 'hi' }).withResponse();
    expect(response.headers.get('x-tollgate-model')).toBe('embed-openai');
    await configure();
  });

  it('without usage are counted here and marked so', async () => {
    await configure({ models: [faulty('silent', 'noUsage=true')], routes: [route('silent', ['silent'])] });
    await openai.embeddings.create({ model: 'silent', input: 'the quick brown fox', encoding_format: 'float' });
    const event = await lastEvent();
    expect(event).toMatchObject({ estimated: true, tokens: { input: 4 }, costNanoUsd: '4000' });
    await configure();
  });
});

describe('moderations', () => {
  it('answer through the SDK', async () => {
    const moderation = await openai.moderations.create({ model: 'moderate', input: ['hello', 'violence'] });
    expect(moderation.results.map(({ flagged }) => flagged)).toEqual([false, true]);
    expect(await lastEvent()).toMatchObject({ surface: 'openai-moderations', status: 200, estimated: true });
  });
});

describe('images', () => {
  it('are booked by the tokens that the provider names', async () => {
    const images = await openai.images.generate({ model: 'image', prompt: 'a red fox', n: 2 });
    expect(images.data).toHaveLength(2);
    const event = await lastEvent();
    const { input_tokens = 0, output_tokens = 0 } = images.usage ?? {};
    expect(event).toMatchObject({
      estimated: false,
      unpriced: false,
      tokens: { input: input_tokens, output: output_tokens },
    });
    expect(BigInt(event.costNanoUsd)).toBe(BigInt(input_tokens) * 1000n + BigInt(output_tokens) * 2000n);
  });

  it('that are not billed in tokens cost their price per request each, and without one are marked as unpriced', async () => {
    await openai.images.generate({ model: 'painter', prompt: 'a red fox' });
    expect(await lastEvent()).toMatchObject({ unpriced: true, estimated: true });
    await openai.images.generate({ model: 'painter-by-image', prompt: 'fox', n: 3 });
    const event = await lastEvent();
    expect(event.unpriced).toBe(false);
    expect(BigInt(event.costNanoUsd)).toBe(3n * 40_000_000n + BigInt(event.tokens.input) * 1000n);
  });
});

describe('speech', () => {
  const ask = { model: 'speak', input: 'hello there', voice: 'alloy' } as const;

  it('comes as the provider’s own bytes, and its estimate is booked and told', async () => {
    const direct = await fetch(`${harness.simulator.baseUrl('openai')}/audio/speech`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify({ ...ask, model: 'gpt-4o-mini-tts' }),
    });
    const response = await openai.audio.speech.create(ask);
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(await direct.arrayBuffer()))).toBe(true);
    const event = await lastEvent();
    expect(event).toMatchObject({ surface: 'openai-speech', status: 200, estimated: true });
    expect(event.tokens.output).toBeGreaterThan(0);
    expect(Number(response.headers.get('x-tollgate-cost-usd')) * 1e9).toBeCloseTo(Number(event.costNanoUsd), 3);
  });

  it('as events is booked by the usage in the last, and ends with the cost', async () => {
    const response = await post('/v1/audio/speech', { ...ask, stream_format: 'sse' });
    const text = await response.text();
    expect(text).toMatch(/speech\.audio\.done.*\n\n: x-tollgate-cost-usd 0\.\d+\n\n$/s);
    const usage = JSON.parse(/data: (.*speech\.audio\.done.*)/.exec(text)![1]!).usage;
    expect(await lastEvent()).toMatchObject({
      stream: true,
      estimated: false,
      tokens: { input: usage.input_tokens, output: usage.output_tokens },
    });
  });

  it('fails over as long as nothing has come', async () => {
    for (const fault of ['status=500', 'html=true;status=200', 'reset=true']) {
      await configure({ models: [faulty('bad', fault), ...MODELS], routes: [route('speak', ['bad', 'speak'])] });
      const { response } = await openai.audio.speech.create(ask).withResponse();
      expect(response.headers.get('x-tollgate-model')).toBe('speak');
      await response.arrayBuffer();
    }
    await configure();
  });

  it('that breaks off never looks whole, and is booked', async () => {
    await configure({ models: [faulty('cut', 'cutAfterEvents=1')], routes: [route('cut', ['cut'])] });
    const response = await openai.audio.speech.create({ ...ask, model: 'cut', input: 'hello '.repeat(200) });
    await expect(response.arrayBuffer()).rejects.toThrow();
    await until(async () => (await lastEvent()).status === 502);
    expect(await lastEvent()).toMatchObject({ error: 'upstream_error', estimated: true });
    await configure();
  });

  it('ends upstream when the client leaves, and is booked', async () => {
    await configure({ models: [faulty('stalled', 'stallAfterEvents=1')], routes: [route('stalled', ['stalled'])] });
    await harness.simulator.reset();
    const controller = new AbortController();
    const response = await openai.audio.speech.create(
      { ...ask, model: 'stalled', input: 'hello '.repeat(5_000) },
      { signal: controller.signal },
    );
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();
    await harness.simulator.waitForCalls((calls) => calls.some(({ aborted }) => aborted));
    await until(async () => (await lastEvent()).status === 499);
    expect(BigInt((await lastEvent()).costNanoUsd)).toBeGreaterThan(0n);
    await configure();
  });

  it('that breaks off is told in the stream of events and booked', async () => {
    await configure({ models: [faulty('cut', 'cutAfterEvents=2')], routes: [route('cut', ['cut'])] });
    const response = await post('/v1/audio/speech', { ...ask, model: 'cut', stream_format: 'sse' });
    expect(await response.text()).toContain('"error"');
    await until(async () => (await lastEvent()).status === 502);
    expect(await lastEvent()).toMatchObject({ error: 'upstream_error', estimated: true });
    await configure();
  });
});

describe('transcriptions', () => {
  const file = (bytes = 32_000) => toFile(Buffer.alloc(bytes, 'a'), 'meeting.mp3', { type: 'audio/mpeg' });

  it('are booked by the tokens that the provider names', async () => {
    const { text, usage } = await openai.audio.transcriptions.create({ model: 'hear', file: await file() });
    expect(text).toBe('Transcript of meeting.mp3, 32000 bytes.');
    expect(usage).toMatchObject({ type: 'tokens', input_tokens: 20 });
    const event = await lastEvent();
    const output = usage?.type === 'tokens' ? usage.output_tokens : 0;
    expect(event).toMatchObject({ estimated: false, tokens: { input: 0, audioInput: 20, output } });
    expect(BigInt(event.costNanoUsd)).toBe(20_000n + BigInt(output) * 2000n);
  });

  it('billed by the second are marked as unpriced', async () => {
    await openai.audio.transcriptions.create({ model: 'whisper', file: await file() });
    expect(await lastEvent()).toMatchObject({ unpriced: true, costNanoUsd: '0', estimated: false });
  });

  it('as text and as a stream reach the client as they are', async () => {
    const ask = { model: 'hear', file: await file() };
    const text = await openai.audio.transcriptions.create({ ...ask, response_format: 'srt' });
    expect(text).toContain('00:00:00,000 -->');
    expect(await lastEvent()).toMatchObject({ estimated: true, stream: false });
    let streamed = '';
    for await (const event of await openai.audio.transcriptions.create({ ...ask, stream: true }))
      if (event.type === 'transcript.text.delta') streamed += event.delta;
    expect(streamed).toBe('Transcript of meeting.mp3, 32000 bytes.');
    expect(await lastEvent()).toMatchObject({ estimated: false, stream: true, tokens: { audioInput: 20 } });
  });

  it('send the client’s form on byte for byte but for the model', async () => {
    const form = (name: string) =>
      [
        '--XyZ\r\nContent-Disposition: form-data; name="note"\r\n\r\nmodel\r\n',
        `--XyZ\r\ncontent-disposition: form-data; name="model"\r\n\r\n${name}\r\n`,
        '--XyZ\r\nContent-Disposition: form-data; name="file"; filename="model"\r\nContent-Type: audio/mpeg\r\n\r\nname="model"\r\n\r\nhear\r\n',
        '--XyZ--\r\n',
      ].join('');
    const headers = { 'content-type': 'multipart/form-data; boundary=XyZ' };
    expect((await post('/v1/audio/transcriptions', form('hear'), headers)).status).toBe(200);
    expect((await lastCall()).body).toBe(form('gpt-4o-transcribe'));
  });

  it('refuse what is no form, a broken one, and one without a file', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=XyZ' };
    expect((await post('/v1/audio/transcriptions', { model: 'hear' })).status).toBe(415);
    expect((await post('/v1/audio/transcriptions', '--XyZ\r\nnothing', headers)).status).toBe(400);
    const empty = '--XyZ\r\nContent-Disposition: form-data; name="model"\r\n\r\nhear\r\n--XyZ--\r\n';
    const response = await post('/v1/audio/transcriptions', empty, headers);
    expect([response.status, await response.json()]).toMatchObject([400, { error: { param: 'file' } }]);
  });

  it('over the limit are 413', async () => {
    await expect(
      openai.audio.transcriptions.create({ model: 'hear', file: await file(1_100_000) }),
    ).rejects.toMatchObject({ status: 413 });
  });
});

describe('ranking', () => {
  const ask = { query: 'red fox', documents: ['money', 'a red fox runs', { text: 'red leaves' }], top_n: 2 };

  it.each(['rank-jina', 'rank-cohere'])('by %s puts the same document first', async (name) => {
    const response = await post('/v1/rerank', { model: name, ...ask, return_documents: true });
    const { results } = (await response.json()) as {
      results: { index: number; relevance_score: number; document: { text: string } }[];
    };
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({ index: 1, document: { text: 'a red fox runs' } });
    expect(await lastEvent()).toMatchObject({ surface: 'rerank', model: name, status: 200, estimated: false });
  });

  it('costs Jina’s tokens, or Cohere’s search units at the price per request', async () => {
    await post('/v1/rerank', { model: 'rank-jina', ...ask });
    const jina = await lastEvent();
    expect(BigInt(jina.costNanoUsd)).toBe(BigInt(jina.tokens.input) * 1000n);
    const documents = Array.from({ length: 101 }, (_, index) => `document ${index}`);
    const response = await post('/v1/rerank', { model: 'rank-cohere', query: 'x', documents });
    expect(await response.json()).toMatchObject({ meta: { billed_units: { search_units: 2 } } });
    expect(await lastEvent()).toMatchObject({ costNanoUsd: '4000000', unpriced: false });
  });
});

describe('counting tokens', () => {
  const messages = [{ role: 'user' as const, content: 'the quick brown fox' }];

  it('asks the provider where it speaks the surface’s dialect, else counts here; free, but a request', async () => {
    await harness.simulator.reset();
    const native = await anthropic.messages.countTokens({ model: 'claude', messages });
    expect(native.input_tokens).toBeGreaterThan(0);
    expect((await harness.simulator.calls()).map(({ path }) => path)).toEqual(['/anthropic/v1/messages/count_tokens']);
    const local = await anthropic.messages.countTokens({ model: 'gpt', messages });
    expect(local.input_tokens).toBe(4 + 8);
    expect(await harness.simulator.calls()).toHaveLength(1);
    expect(await lastEvent()).toMatchObject({
      surface: 'anthropic-count-tokens',
      costNanoUsd: '0',
      tokens: { input: 0 },
      unpriced: false,
    });
  });

  it('does the same on Gemini’s surface', async () => {
    const contents = 'the quick brown fox';
    expect((await gemini.models.countTokens({ model: 'flash', contents })).totalTokens).toBeGreaterThan(0);
    expect((await lastCall()).path).toContain(':countTokens');
    expect((await gemini.models.countTokens({ model: 'gpt', contents })).totalTokens).toBe(12);
  });

  it('takes a request out of the rate limit', async () => {
    await configure({
      rateLimits: [
        { id: 'l', scope: { service: 'app' }, requestsPerMinute: 1, tokensPerMinute: null, maxConcurrency: null },
      ],
    });
    await anthropic.messages.countTokens({ model: 'gpt', messages });
    await expect(anthropic.messages.countTokens({ model: 'gpt', messages })).rejects.toMatchObject({ status: 429 });
    await configure();
  });
});

describe('responses and completions', () => {
  it.each(['gpt', 'claude', 'flash', 'small'])('responses of %s say the same whole and streamed', async (name) => {
    const whole = await openai.responses.create({ model: name, input: 'say hello' });
    expect(whole.output_text).toContain('hello');
    const stream = openai.responses.stream({ model: name, input: 'say hello' });
    expect((await stream.finalResponse()).output_text).toBe(whole.output_text);
    expect(await lastEvent()).toMatchObject({ surface: 'openai-responses', stream: true, estimated: false });
  });

  it.each(['gpt', 'claude', 'flash', 'small'])('completions of %s say the same whole and streamed', async (name) => {
    const ask = { model: name, prompt: 'say hello', max_tokens: 100 };
    const whole = await openai.completions.create(ask);
    expect(whole.choices[0]?.text).toContain('hello');
    let text = '';
    for await (const chunk of await openai.completions.create({ ...ask, stream: true }))
      text += chunk.choices[0]?.text ?? '';
    expect(text).toBe(whole.choices[0]?.text);
    expect(await lastEvent()).toMatchObject({ surface: 'openai-completions', stream: true });
  });

  it('ask a provider that has the operation in kind', async () => {
    await openai.responses.create({ model: 'gpt', input: 'hi' });
    expect((await lastCall()).path).toBe('/openai/v1/responses');
    await openai.completions.create({ model: 'gpt', prompt: 'hi' });
    expect((await lastCall()).path).toBe('/openai/v1/completions');
  });

  it('state goes to a provider that keeps it, and is a 400 that names the field elsewhere', async () => {
    const stateful = { input: 'hi', previous_response_id: 'resp_1', store: true };
    await post('/v1/responses', { model: 'gpt', ...stateful });
    expect((await lastCall()).body).toContain('"previous_response_id":"resp_1"');
    const refused = await post('/v1/responses', { model: 'claude', ...stateful });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: 'previous_response_id' } }]);
  });

  it('stored responses are not offered', async () => {
    const response = await fetch(`${harness.url}/v1/responses/resp_1`, {
      headers: { authorization: `Bearer ${harness.key}` },
    });
    expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'not_found' } }]);
  });
});

describe('refusals, in the shape of the surface', () => {
  it('no credential is 401 on every surface', async () => {
    const paths = [
      '/v1/embeddings',
      '/v1/moderations',
      '/v1/images/generations',
      '/v1/audio/speech',
      '/v1/audio/transcriptions',
      '/v1/rerank',
      '/v1/completions',
      '/v1/responses',
      '/v1/messages/count_tokens',
      '/v1beta/models/x:embedContent',
      '/v1beta/models/x:countTokens',
    ];
    for (const path of paths) {
      const response = await fetch(harness.url + path, { method: 'POST', body: '{}' });
      expect(response.status).toBe(401);
      expect(await response.json()).toHaveProperty('error');
    }
  });

  it('a missing field is a 400 that names it', async () => {
    const cases = [
      ['/v1/embeddings', { model: 'embed-openai' }, 'input'],
      ['/v1/images/generations', { model: 'image' }, 'prompt'],
      ['/v1/audio/speech', { model: 'speak' }, 'input'],
      ['/v1/rerank', { model: 'rank-jina', query: 'x' }, 'documents'],
      ['/v1/embeddings', { input: 'x' }, 'model'],
    ] as const;
    for (const [path, body, param] of cases) {
      const response = await post(path, body);
      expect([response.status, await response.json()]).toMatchObject([400, { error: { param } }]);
    }
  });

  it('a provider’s own complaint about the request reaches the client', async () => {
    const response = await post('/v1/audio/speech', { model: 'speak', input: 'hello' });
    expect([response.status, await response.json()]).toMatchObject([400, { error: { message: /voice/ } }]);
  });

  it('an unknown model is 404, and one whose provider has no such operation a 400 that says so', async () => {
    await expect(openai.embeddings.create({ model: 'nobody', input: 'x' })).rejects.toMatchObject({ status: 404 });
    await expect(openai.embeddings.create({ model: 'claude', input: 'x' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('offers embeddings'),
    });
    const google = await post('/v1beta/models/nobody:embedContent', { content: { parts: [{ text: 'x' }] } });
    expect([google.status, await google.json()]).toMatchObject([404, { error: { code: 404, status: 'NOT_FOUND' } }]);
    await expect(
      anthropic.messages.countTokens({ model: 'nobody', messages: [{ role: 'user', content: 'x' }] }),
    ).rejects.toMatchObject({ status: 404, error: { type: 'error' } });
  });

  it('a service may use only the models that it is allowed', async () => {
    const [service] = harness.defaults.services;
    await configure({ services: [{ ...service!, allowedModels: ['embed-*'] }] });
    await openai.embeddings.create({ model: 'embed-openai', input: 'x' });
    await expect(openai.images.generate({ model: 'image', prompt: 'x' })).rejects.toMatchObject({
      status: 403,
      code: 'model_not_allowed',
    });
    await configure();
  });

  it('residency and budgets bind as they bind chat', async () => {
    await configure({ routes: [route('eu', ['embed-openai'], { residency: ['eu'] })] });
    await expect(openai.embeddings.create({ model: 'eu', input: 'x' })).rejects.toMatchObject({
      status: 403,
      code: 'residency_violation',
    });
    const budget = {
      id: 'b',
      slug: 'all',
      scope: {},
      period: 'total',
      timezone: 'UTC',
      enforcement: 'hard',
      alertsAt: [],
    } as const;
    await configure({ budgets: [{ ...budget, amountNanoUsd: '1' }] });
    await harness.simulator.reset();
    for (const refused of [
      () => openai.embeddings.create({ model: 'embed-openai', input: 'x' }),
      () => openai.images.generate({ model: 'image', prompt: 'x' }),
      () => openai.audio.speech.create({ model: 'speak', input: 'x', voice: 'alloy' }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
    expect(await harness.simulator.calls()).toHaveLength(0);
    await configure();
  });
});

describe('guardrails', () => {
  const secret = `sk-proj-${'a1B2'.repeat(10)}`;
  const guardrail = (action: 'block' | 'redact', applyTo: 'input' | 'output') => ({
    guardrails: [{ id: 'g', slug: 'no-secrets', applyTo, scope: {}, checks: [{ type: 'secrets', action }] }],
  });

  it('block a secret in what is embedded, before anything is sent', async () => {
    await configure(guardrail('block', 'input'));
    await harness.simulator.reset();
    for (const refused of [
      () => openai.embeddings.create({ model: 'embed-openai', input: ['fine', `use ${secret}`] }),
      () => openai.images.generate({ model: 'image', prompt: `paint ${secret}` }),
      () => gemini.models.embedContent({ model: 'embed-gemini', contents: secret }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403, message: expect.not.stringContaining('a1B2') });
    expect(await harness.simulator.calls()).toHaveLength(0);
    expect((await lastEvent()).findings).toMatchObject([{ guardrail: 'no-secrets', action: 'block' }]);
    await configure();
  });

  it('redact it in the body that goes on, in a form too', async () => {
    await configure(guardrail('redact', 'input'));
    await openai.images.generate({ model: 'image', prompt: `paint ${secret}` });
    expect((await lastCall()).body).toMatch(/paint \[REDACTED:/);
    const file = await toFile(Buffer.from('sound'), 'a.mp3');
    await openai.audio.transcriptions.create({ model: 'hear', file, prompt: `the key is ${secret}`, language: 'en' });
    const { body } = await lastCall();
    expect(body).toMatch(/the key is \[REDACTED:/);
    expect(body).toContain('gpt-4o-transcribe');
    expect(body).toContain('sound');
    await configure();
  });

  it('inspect a transcript, which is booked all the same and cannot be streamed past them', async () => {
    await configure(guardrail('block', 'output'));
    const ask = { model: 'hear', file: await toFile(Buffer.from('sound'), `${secret}.mp3`) };
    for (const response_format of ['json', 'srt'] as const) {
      await expect(openai.audio.transcriptions.create({ ...ask, response_format })).rejects.toMatchObject({
        status: 403,
        code: 'guardrail_blocked',
      });
      const event = await lastEvent();
      expect(event).toMatchObject({ status: 403, error: 'guardrail_blocked', findings: [{ action: 'block' }] });
      expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    }
    await expect(openai.audio.transcriptions.create({ ...ask, stream: true })).rejects.toMatchObject({ status: 400 });
    await configure();
  });
});
