import { afterAll, beforeAll, expect, it } from 'vitest';
import { countTokens } from '../answering/tokens.js';
import { type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const REQUEST = {
  model: 'rerank',
  query: 'red fox',
  documents: ['money laundering', 'a red fox runs', { text: 'red leaves fall' }],
};

it('ranks by words in common and bills search units, as Cohere', async () => {
  const response = await simulator.post('/cohere/v2/rerank', { ...REQUEST, top_n: 2 });
  const body = (await response.json()) as { results: { index: number; relevance_score: number }[] };
  expect(body).toMatchObject({ meta: { api_version: { version: '2' }, billed_units: { search_units: 1 } } });
  expect(body.results.map(({ index }) => index)).not.toContain(0);
  expect(body.results[0]!.relevance_score).toBeGreaterThan(body.results[1]!.relevance_score);
});

it('ranks with documents and bills tokens, as Jina', async () => {
  const response = await simulator.post('/jina/v1/rerank', REQUEST);
  expect(await response.json()).toMatchObject({
    object: 'list',
    usage: { total_tokens: countTokens('money laundering a red fox runs red leaves fall') + 3 * 2 },
    results: [{ document: { text: expect.any(String) } }, {}, { index: 0 }],
  });
});

it.each([
  ['/cohere/v2/rerank', 400],
  ['/jina/v1/rerank', 422],
])('refuses at %s what lacks documents, with %i', async (path, status) => {
  expect((await simulator.post(path, { model: 'rerank', query: 'x' })).status).toBe(status);
});

it.each(['/cohere/v2/rerank', '/jina/v1/rerank'])(
  'answers 401 at %s to missing and invalid credentials',
  async (path) => {
    expect((await simulator.post(path, REQUEST, {})).status).toBe(401);
    expect((await simulator.post(path, REQUEST, { authorization: 'Bearer invalid' })).status).toBe(401);
  },
);
