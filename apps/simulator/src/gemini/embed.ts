import { embed } from '../answering/embedding.js';
import { countTokens } from '../answering/tokens.js';
import { elements, type Fields, fields, number, texts } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { invalid } from './errors.js';
import { modelVerb } from './generate.js';

const DIMENSIONS = 3072;

/** POST …:embedContent. https://ai.google.dev/api/embeddings */
export const embedContent: Endpoint = {
  method: 'POST',
  path: modelVerb('embedContent'),
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: ({ json }) => {
    const content = readContent(fields(json));
    return { kind: 'json', body: { embedding: { values: content.vector } }, usage: usageOf(content.tokens) };
  },
};

/** POST …:batchEmbedContents, what Google's SDK calls. */
export const batchEmbedContents: Endpoint = {
  method: 'POST',
  path: modelVerb('batchEmbedContents'),
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: ({ json }) => {
    const contents = elements(fields(json)['requests']).map((request) => readContent(fields(request)));
    return {
      kind: 'json',
      body: { embeddings: contents.map(({ vector }) => ({ values: vector })) },
      usage: usageOf(contents.reduce((sum, { tokens }) => sum + tokens, 0)),
    };
  },
};

function readContent(request: Fields): { readonly vector: readonly number[]; readonly tokens: number } {
  const parts = elements(fields(request['content'])['parts']).map(fields);
  if (parts.length === 0) throw invalid('* EmbedContentRequest.content: contents is not specified\n');
  const content = parts.flatMap((part) => texts(part['text'])).join('\n');
  return {
    vector: embed(content, number(request['outputDimensionality']) ?? DIMENSIONS),
    tokens: countTokens(content),
  };
}

/** Gemini bills an embedding's tokens without telling how many they were. */
const usageOf = (input: number) => ({ input, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 });
