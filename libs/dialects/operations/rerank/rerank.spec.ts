import { describe, expect, test } from 'vitest';
import { cohereRerank } from './cohere.js';
import { jinaRerank } from './jina.js';

const BODY = { model: 'm', query: 'q', documents: ['a', { text: 'b', title: 'B' }], top_n: 1, odd: 1 };
const TARGET = { upstreamModel: 'up' };

describe('a ranking', () => {
  test('asked of Cohere is asked in texts, and what it has no word for is named', () => {
    expect(cohereRerank.encodeRequest?.(jinaRerank.decodeRequest(BODY, {}), TARGET)).toEqual({
      body: { model: 'up', query: 'q', documents: ['a', 'b'], top_n: 1 },
      dropped: ['odd'],
    });
  });

  test('asked of Jina keeps documents as they were', () => {
    const request = cohereRerank.decodeRequest({ ...BODY, return_documents: false }, {});
    expect(jinaRerank.encodeRequest?.(request, TARGET).body).toEqual({
      model: 'up',
      query: 'q',
      documents: BODY.documents,
      top_n: 1,
      return_documents: false,
    });
  });

  test('by Cohere comes with its search units, and with documents where the client wants them', () => {
    const answer = cohereRerank.decodeResponse({
      id: 'x',
      results: [{ index: 1, relevance_score: 0.9 }],
      meta: { billed_units: { search_units: 3 } },
    });
    expect(answer.usage).toMatchObject({ units: 3, inTokens: false });
    const request = jinaRerank.decodeRequest({ ...BODY, return_documents: true }, {});
    expect(jinaRerank.encodeResponse?.(answer, request)).toEqual({
      id: 'x',
      object: 'list',
      model: 'm',
      results: [{ index: 1, relevance_score: 0.9, document: { text: 'b' } }],
      meta: { billed_units: { search_units: 3 } },
    });
  });

  test('by Jina comes with its tokens', () => {
    const answer = jinaRerank.decodeResponse({ results: [], usage: { total_tokens: 7 } });
    expect(answer.usage).toMatchObject({ tokens: { input: 7 }, units: 1, inTokens: true });
  });

  test('reads its query once for each document, a hundred of which are a search unit', () => {
    const documents = Array.from({ length: 101 }, () => 'd');
    expect(jinaRerank.decodeRequest({ ...BODY, documents }, {}).load).toMatchObject({
      texts: [{ text: 'q', times: 101 }, {}],
      units: 2,
    });
  });

  test.each([
    ['documents', { documents: [] }],
    ['documents.0', { documents: [5] }],
    ['query', { query: '' }],
    ['top_n', { top_n: 0 }],
  ])('with a wrong %s is refused by that name', (param, wrong) => {
    expect(() => jinaRerank.decodeRequest({ ...BODY, ...wrong }, {})).toThrow(
      expect.objectContaining({ code: 'invalid_request', param }),
    );
  });
});
