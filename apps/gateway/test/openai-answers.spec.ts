import { afterAll, beforeAll, expect, it } from 'vitest';
import { openaiJudge } from '../../../test/conformance/openai-schema.js';
import { CORPUS, hasCorpus } from '../../../test/conformance/recordings.js';
import { type Harness, PRICES, route, startHarness } from './harness.js';

if (!hasCorpus) console.log(`No corpus at ${CORPUS}: answers are not held against OpenAI's API description.`);

/** Slug, provider, upstream model. */
const MODELS = [
  ['gpt', 'openai', 'gpt-4.1-mini'],
  ['claude', 'anthropic', 'claude-sonnet-4-5'],
  ['flash', 'gemini', 'gemini-2.5-flash'],
  ['small', 'mistral', 'mistral-small-latest'],
  ['embed-openai', 'openai', 'text-embedding-3-small'],
  ['embed-gemini', 'gemini', 'gemini-embedding-001'],
  ['embed-mistral', 'mistral', 'mistral-embed'],
  ['moderate', 'openai', 'omni-moderation-latest'],
  ['image', 'openai', 'gpt-image-1'],
] as const;
const CHATTY = ['gpt', 'claude', 'flash', 'small'];
const EMBEDDERS = ['embed-openai', 'embed-gemini', 'embed-mistral'];

/** Schema of the answer, path, model, and the rest of the body. */
const CASES: readonly (readonly [schema: string, path: string, model: string, body: object])[] = [
  ...EMBEDDERS.map((model) => ['CreateEmbeddingResponse', '/v1/embeddings', model, { input: ['a', 'b'] }] as const),
  ['CreateModerationResponse', '/v1/moderations', 'moderate', { input: 'x' }],
  ['ImagesResponse', '/v1/images/generations', 'image', { prompt: 'x' }],
  ...CHATTY.map((model) => ['Response', '/v1/responses', model, { input: 'hi' }] as const),
  ...CHATTY.map((model) => ['CreateCompletionResponse', '/v1/completions', model, { prompt: 'hi' }] as const),
];

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.configure({
    models: MODELS.map(([slug, provider, upstreamModel]) => ({
      id: slug,
      slug,
      provider,
      credential: provider,
      upstreamModel,
      region: null,
      limits: { maxOutputTokens: 1000 },
      capabilities: {},
      prices: PRICES,
    })),
    routes: MODELS.map(([slug]) => route(slug, [slug])),
  });
});
afterAll(() => harness?.[Symbol.asyncDispose]());

it.skipIf(!hasCorpus)('answers on OpenAI’s surfaces are as its API description says, whoever gave them', async () => {
  // All are had before the first is judged: compiling the description keeps this process, and its gateway, busy for seconds.
  const answers: (readonly [schema: string, name: string, answer: unknown])[] = [];
  for (const [schema, path, model, body] of CASES) {
    const response = await fetch(harness.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, ...body }),
    });
    answers.push([schema, `${path} ${model} ${response.status}`, await response.json()]);
  }
  const judge = openaiJudge();
  for (const [schema, name, answer] of answers) {
    expect([name, judge.wrongWith(schema, answer)]).toEqual([expect.stringMatching(/ 200$/), undefined]);
  }
  console.log(`${answers.length} answers were held against OpenAI's API description.`);
});
