import { GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countTokens } from '../answering/tokens.js';
import { dataOf, type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
let client: GoogleGenAI;
beforeAll(async () => {
  simulator = await underTest();
  client = new GoogleGenAI({ apiKey: 'sk-test', httpOptions: { baseUrl: `${simulator.url}/gemini` } });
});
afterAll(() => simulator.stop());

const SAID = 'What is the weather in Bern?';
const TOOLS = [
  {
    functionDeclarations: [
      { name: 'weather', parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } } } },
    ],
  },
];
const post = (verb: string, body: object, model = 'gemini-2.5-flash') =>
  simulator.post(`/gemini/v1beta/models/${model}:${verb}`, body);
const contents = [{ role: 'user', parts: [{ text: SAID }] }];

it('repeats the last user text and bills it exactly', async () => {
  const response = await client.models.generateContent({
    model: 'gemini-2.5-flash',
    contents: SAID,
    config: { systemInstruction: 'Be brief.' },
  });
  expect(response.text).toBe(`You said: ${SAID}`);
  expect(response.candidates?.[0]?.finishReason).toBe('STOP');
  expect(response.usageMetadata).toMatchObject({
    promptTokenCount: countTokens('Be brief.') + countTokens(SAID),
    candidatesTokenCount: countTokens(`You said: ${SAID}`),
  });
});

it('streams chunks with the usage so far, the last one with the finish reason', async () => {
  const chunks = [];
  for await (const chunk of await client.models.generateContentStream({ model: 'gemini-2.5-flash', contents: SAID }))
    chunks.push(chunk);
  expect(chunks.map((chunk) => chunk.text ?? '').join('')).toBe(`You said: ${SAID}`);
  const counts = chunks.map((chunk) => chunk.usageMetadata?.candidatesTokenCount ?? 0);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(chunks.at(-1)?.candidates?.[0]?.finishReason).toBe('STOP');
});

it('streams the same chunks as server-sent events and as one JSON array', async () => {
  const events = dataOf(await (await post('streamGenerateContent?alt=sse', { contents })).text()).map((data) =>
    JSON.parse(data),
  );
  const array = JSON.parse(await (await post('streamGenerateContent', { contents })).text());
  const candidates = (chunks: { candidates: unknown }[]) => chunks.map((chunk) => chunk.candidates);
  expect(candidates(array)).toEqual(candidates(events));
});

it('calls a function, and answers with its response', async () => {
  const first = await client.models.generateContent({
    model: 'gemini-2.5-flash',
    contents: 'call the tool',
    config: { tools: TOOLS },
  });
  expect(first.functionCalls).toMatchObject([{ name: 'weather', args: { city: 'sample city' } }]);
  const second = await client.models.generateContent({
    model: 'gemini-2.5-flash',
    config: { tools: TOOLS },
    contents: [
      { role: 'user', parts: [{ text: 'call the tool' }] },
      first.candidates![0]!.content!,
      { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { output: '22 degrees' } } }] },
    ],
  });
  expect(second.text).toBe('The tool returned: 22 degrees');
});

it('thinks: thoughts as parts when wanted, a signature, and a count beside the answer', async () => {
  const ask = async (includeThoughts: boolean) =>
    client.models.generateContent({
      model: 'gemini-2.5-pro',
      contents: SAID,
      config: { thinkingConfig: { includeThoughts, thinkingBudget: 100 } },
    });
  const [open, hidden] = [await ask(true), await ask(false)];
  expect(open.candidates?.[0]?.content?.parts).toMatchObject([
    { thought: true },
    { thoughtSignature: expect.any(String) },
  ]);
  expect(hidden.candidates?.[0]?.content?.parts).toHaveLength(1);
  const usage = hidden.usageMetadata;
  expect(usage?.thoughtsTokenCount).toBeGreaterThan(10);
  expect(usage?.totalTokenCount).toBe(
    (usage?.promptTokenCount ?? 0) + (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
  );
});

it('answers schemas, several candidates, limits and refusals', async () => {
  const ask = async (generationConfig: object, model?: string) =>
    (await (await post('generateContent', { contents, generationConfig }, model)).json()) as {
      candidates: { content?: { parts: { text: string }[] }; finishReason: string }[];
    };
  const responseSchema = { type: 'OBJECT', properties: { city: { type: 'STRING' } } };
  const formed = await ask({ responseMimeType: 'application/json', responseSchema });
  expect(JSON.parse(formed.candidates[0]!.content!.parts[0]!.text)).toEqual({ city: 'sample city' });
  expect((await ask({ candidateCount: 2 })).candidates).toHaveLength(2);
  expect((await ask({ maxOutputTokens: 2 })).candidates[0]?.finishReason).toBe('MAX_TOKENS');
  expect((await ask({}, 'gemini-2.5-flash~refuse=true')).candidates[0]).toEqual({ finishReason: 'SAFETY', index: 0 });
});

it('embeds and counts tokens', async () => {
  const embedded = await client.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] });
  expect(embedded.embeddings?.map((item) => item.values?.length)).toEqual([3072, 3072]);
  const one = await post('embedContent', { content: { parts: [{ text: 'a' }] }, outputDimensionality: 8 });
  expect(await one.json()).toMatchObject({ embedding: { values: { length: 8 } } });
  expect(await client.models.countTokens({ model: 'gemini-2.5-flash', contents: SAID })).toMatchObject({
    totalTokens: countTokens(SAID),
  });
});

const call = { role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }] };
const withParameters = (parameters: object) => ({
  contents,
  tools: [{ functionDeclarations: [{ name: 'f', parameters }] }],
});

it('takes a turn in several contents, as its SDK sends what it streamed', async () => {
  const result = { role: 'user', parts: [{ functionResponse: { name: 'f', response: { output: 'sun' } } }] };
  const pieces = [...contents, call, { role: 'model', parts: [{ text: '' }] }, result];
  expect((await post('generateContent', { contents: pieces })).status).toBe(200);
});

it.each([
  ['no contents', {}, 'contents is not specified'],
  ['an unknown role', { contents: [{ role: 'assistant', parts: [{ text: 'x' }] }] }, 'Please use a valid role'],
  [
    'a function call without its response',
    { contents: [...contents, call, ...contents] },
    'number of function response parts',
  ],
  [
    'additionalProperties in a Schema',
    withParameters({ type: 'object', additionalProperties: false }),
    'Unknown name "additionalProperties"',
  ],
])('answers 400 to %s', async (_, body, message) => {
  const response = await post('generateContent', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: 400, status: 'INVALID_ARGUMENT', message: expect.stringContaining(message) },
  });
});

it.each([
  [401, 'UNAUTHENTICATED', {}],
  [401, 'UNAUTHENTICATED', { 'x-goog-api-key': 'invalid' }],
  [400, 'INVALID_ARGUMENT', { 'x-goog-api-key': 'unknown' }],
])('answers %i %s to the credential %j', async (code, status, headers) => {
  const response = await simulator.post('/gemini/v1beta/models/m:generateContent', { contents }, headers);
  expect(response.status).toBe(code);
  expect(await response.json()).toMatchObject({ error: { code, status } });
});

it('tells in the body how long to wait', async () => {
  const response = await post('generateContent', { contents }, 'm~status=429;retryAfter=34');
  expect(response.headers.get('retry-after')).toBeNull();
  expect(await response.json()).toMatchObject({
    error: { status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '34s' }] },
  });
});
