import type { Endpoint } from '../vendor.js';

/** GET /async-invoke: nothing was invoked. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ListAsyncInvokes.html */
export const listAsyncInvokes: Endpoint = {
  method: 'GET',
  path: /^\/async-invoke$/,
  body: 'none',
  modelOf: () => undefined,
  answer: () => ({ kind: 'json', body: { asyncInvokeSummaries: [] } }),
};
