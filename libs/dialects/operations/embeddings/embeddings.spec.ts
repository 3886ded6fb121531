import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../neutral/index.js';
import { asBase64, asNumbers } from './embeddings.js';
import { geminiEmbeddings } from './gemini.js';
import { mistralEmbeddings, openaiEmbeddings } from './openai.js';

const TARGET = { upstreamModel: 'up' };
const openaiRequest = (more: JsonObject = {}) =>
  openaiEmbeddings.decodeRequest({ model: 'm', input: 'hi', ...more }, {});
const refusal = (param: string) => expect.objectContaining({ code: 'invalid_request', param });

describe('a request in OpenAI’s words', () => {
  test('is one text, several, the token ids of one or of several', () => {
    expect(openaiRequest({ input: 'a' }).inputs).toEqual(['a']);
    expect(openaiRequest({ input: ['a', 'b'] }).inputs).toEqual(['a', 'b']);
    expect(openaiRequest({ input: [1, 2] }).inputs).toEqual([[1, 2]]);
    expect(openaiRequest({ input: [[1, 2], [3]] })).toMatchObject({
      inputs: [[1, 2], [3]],
      load: { beside: { input: 3 }, most: { input: 3, output: 0 } },
    });
  });

  test.each([
    ['input', ''],
    ['input', []],
    ['input', 5],
    ['input.1', ['a', '']],
    ['input.1', ['a', []]],
    ['input.0', [-1]],
  ])('with a wrong %s is refused by that name', (param, input) => {
    expect(() => openaiRequest({ input })).toThrow(refusal(param));
  });

  test('is said in Mistral’s words for the number of dimensions', () => {
    expect(mistralEmbeddings.encodeRequest?.(openaiRequest({ dimensions: 8 }), TARGET).body).toEqual({
      model: 'up',
      input: 'hi',
      encoding_format: 'float',
      output_dimension: 8,
    });
  });

  test('of one text is Gemini’s embedContent, of several its batch', () => {
    const content = { parts: [{ text: 'hi' }] };
    expect(geminiEmbeddings.encodeRequest?.(openaiRequest({ dimensions: 8, user: 'u' }), TARGET)).toEqual({
      body: { model: 'models/up', content, outputDimensionality: 8 },
      batch: false,
      dropped: [],
    });
    const several = geminiEmbeddings.encodeRequest?.(openaiRequest({ input: ['hi', 'hi'], odd: 1 }), TARGET);
    expect(several).toMatchObject({ batch: true, dropped: ['odd'] });
    expect(several?.body['requests']).toEqual([
      { model: 'models/up', content },
      { model: 'models/up', content },
    ]);
  });
});

describe('a request in Gemini’s words', () => {
  const content = { parts: [{ text: 'a' }, { text: 'b' }] };

  test('names its task, which OpenAI has no word for', () => {
    const request = geminiEmbeddings.decodeRequest({ content, taskType: 'RETRIEVAL_QUERY' }, { model: 'm' });
    expect(openaiEmbeddings.encodeRequest?.(request, TARGET)).toEqual({
      body: { model: 'up', input: 'a\nb', encoding_format: 'float' },
      dropped: ['taskType'],
    });
  });

  test('keeps all but the models’ names when it is passed on', () => {
    const body = { requests: [{ model: 'models/m', content, odd: 1 }] };
    expect(geminiEmbeddings.modelMembers(body, TARGET)).toEqual({
      requests: [{ model: 'models/up', content, odd: 1 }],
    });
    expect(geminiEmbeddings.modelMembers({ content }, TARGET)).toEqual({});
  });

  test.each([
    ['requests', { requests: [] }],
    ['requests.0.content', { requests: [{}] }],
    ['content.parts', { content: {} }],
  ])('with a wrong %s is refused by that name', (param, body) => {
    expect(() => geminiEmbeddings.decodeRequest(body, { model: 'm' })).toThrow(refusal(param));
  });

  test('is answered one for one, or as a list for a list', () => {
    const answer = { vectors: [[1, 2]], usage: undefined, model: undefined };
    const one = geminiEmbeddings.decodeRequest({ content }, { model: 'm' });
    const list = geminiEmbeddings.decodeRequest({ requests: [{ content }] }, { model: 'm' });
    expect(geminiEmbeddings.encodeResponse?.(answer, one)).toEqual({ embedding: { values: [1, 2] } });
    expect(geminiEmbeddings.encodeResponse?.(answer, list)).toEqual({ embeddings: [{ values: [1, 2] }] });
  });
});

describe('vectors', () => {
  test('survive base64 as 32-bit floats', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true })), (vector) => {
        expect(asNumbers(asBase64(vector))).toEqual(vector);
      }),
    );
  });

  test('are as asked, or written anew', () => {
    const numbers = openaiEmbeddings.decodeResponse({ data: [{ embedding: [1] }] });
    const packed = openaiEmbeddings.decodeResponse({ data: [{ embedding: asBase64([1]) }] });
    const asked = openaiRequest({ encoding_format: 'base64' });
    expect(openaiEmbeddings.asAsked?.(numbers, asked)).toBe(false);
    expect(openaiEmbeddings.asAsked?.(packed, asked)).toBe(true);
    expect(openaiEmbeddings.encodeResponse?.(numbers, asked)).toMatchObject({
      data: [{ object: 'embedding', index: 0, embedding: asBase64([1]) }],
    });
  });

  test.each([openaiEmbeddings, geminiEmbeddings])('that are none are an upstream error ($id)', (dialect) => {
    expect(() => dialect.decodeResponse({ ok: true })).toThrow(expect.objectContaining({ code: 'upstream_error' }));
  });
});
