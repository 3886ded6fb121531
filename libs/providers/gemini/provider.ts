import { modelSegment } from '../model-segment.js';
import type { PathFacts, Provider } from '../provider.js';

const model = (facts: PathFacts): string => `/v1beta/models/${modelSegment(facts.upstreamModel)}`;

/** The Gemini API (not Vertex AI). Model and streaming are in the URL; `alt=sse` asks for server-sent events. */
export const gemini = {
  id: 'gemini',
  name: 'Google Gemini',
  baseUrl: 'https://generativelanguage.googleapis.com',
  auth: { kind: 'header', name: 'x-goog-api-key' },
  dialect: 'gemini',
  paths: {
    chat: (facts) =>
      facts.stream ? `${model(facts)}:streamGenerateContent?alt=sse` : `${model(facts)}:generateContent`,
    embeddings: (facts) => `${model(facts)}:${facts.batch ? 'batchEmbedContents' : 'embedContent'}`,
    'count-tokens': (facts) => `${model(facts)}:countTokens`,
  },
  operationDialects: { embeddings: 'gemini-embeddings', 'count-tokens': 'gemini-count-tokens' },
  probePath: '/v1beta/models?pageSize=1',
} as const satisfies Provider;
