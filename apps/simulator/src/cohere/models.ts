import type { Endpoint } from '../vendor.js';

/** GET /v1/models. https://docs.cohere.com/reference/list-models */
export const listModels: Endpoint = {
  method: 'GET',
  path: /^\/v1\/models$/,
  body: 'none',
  modelOf: () => undefined,
  answer: () => ({ kind: 'json', body: { models: [{ name: 'command-a-03-2025', endpoints: ['chat'] }] } }),
};
