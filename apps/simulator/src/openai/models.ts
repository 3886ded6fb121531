import type { Endpoint } from '../vendor.js';

const MODELS = ['gpt-4.1', 'gpt-4.1-nano', 'gpt-4o', 'gpt-4o-mini', 'gpt-5', 'o4-mini', 'text-embedding-3-small'];

const describe = (id: string) => ({ id, object: 'model', created: 1_744_316_542, owned_by: 'system' });

/** GET /models. https://platform.openai.com/docs/api-reference/models */
export const listModels: Endpoint = {
  method: 'GET',
  path: /^\/models$/,
  body: 'none',
  modelOf: () => undefined,
  answer: () => ({ kind: 'json', body: { object: 'list', data: MODELS.map(describe) } }),
};

/** GET /models/{id}: every name is a model here. */
export const getModel: Endpoint = {
  method: 'GET',
  path: /^\/models\/([^/]+)$/,
  body: 'none',
  modelOf: ({ captured }) => captured[0],
  answer: ({ model }) => ({ kind: 'json', body: describe(model) }),
};
