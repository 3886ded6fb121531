import type { Provider } from '../provider.js';

/** Cohere's v2 API; embeddings by its OpenAI-compatible one. docs.cohere.com/reference, docs.cohere.com/docs/compatibility-api */
export const cohere = {
  id: 'cohere',
  name: 'Cohere',
  baseUrl: 'https://api.cohere.com',
  auth: { kind: 'bearer' },
  dialect: 'cohere-chat',
  paths: {
    chat: () => '/v2/chat',
    embeddings: () => '/compatibility/v1/embeddings',
    rerank: () => '/v2/rerank',
  },
  operationDialects: { rerank: 'cohere-rerank' },
  probePath: '/v1/models?page_size=1',
} as const satisfies Provider;
