import type { Endpoint } from '../vendor.js';

const MODELS = ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-embedding-001'];

const describe = (id: string) => ({
  name: `models/${id}`,
  version: '001',
  displayName: id,
  inputTokenLimit: 1_048_576,
  outputTokenLimit: 65_536,
  supportedGenerationMethods: ['generateContent', 'countTokens'],
});

/** GET /v1beta/models. https://ai.google.dev/api/models */
export const listModels: Endpoint = {
  method: 'GET',
  path: /^\/v1beta\/models$/,
  body: 'none',
  modelOf: () => undefined,
  answer: () => ({ kind: 'json', body: { models: MODELS.map(describe) } }),
};
