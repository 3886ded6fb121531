import { randomUUID } from 'node:crypto';
import { elements, fields, text } from '../json.js';
import {
  bearerOf,
  type Endpoint,
  type ErrorOptions,
  Refusal,
  rejects,
  type Vendor,
  type WireError,
} from '../vendor.js';
import { rank } from './rank.js';

/** Documents that make up one billed search unit. https://docs.cohere.com/docs/rerank-overview */
const DOCUMENTS_PER_SEARCH_UNIT = 100;

/** POST /v2/rerank. https://docs.cohere.com/reference/rerank */
const rerank: Endpoint = {
  method: 'POST',
  path: /^\/v2\/rerank$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, fault }) => {
    const request = fields(json);
    for (const field of ['model', 'query', 'documents'])
      if (request[field] === undefined)
        throw new Refusal(cohereError(400, { message: `invalid request: ${field} is required` }));
    const documents = elements(request['documents']).length;
    if (documents === 0)
      throw new Refusal(cohereError(400, { message: 'invalid request: list of documents must not be empty' }));
    const units = Math.ceil(documents / DOCUMENTS_PER_SEARCH_UNIT);
    return {
      kind: 'json',
      body: {
        id: randomUUID(),
        results: rank(request).results.map(({ index, score }) => ({ index, relevance_score: score })),
        meta: { api_version: { version: '2' }, ...(!fault.noUsage && { billed_units: { search_units: units } }) },
      },
    };
  },
};

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'invalid api token',
  404: 'model not found, make sure the correct model ID was used and that you have access to the model.',
  429: 'You are past the per minute request limit, please wait and try again later.',
  500: 'internal server error, this has been reported to our developers',
};

function cohereError(status: number, { message, retryAfter }: ErrorOptions = {}): WireError {
  return {
    status,
    body: { id: randomUUID(), message: message ?? MESSAGES[status] ?? 'service unavailable' },
    ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
  };
}

/** Cohere, at `/cohere` (its base URL carries no version). */
export const cohere: Vendor = {
  name: 'cohere',
  prefix: '/cohere',
  endpoints: [rerank],
  refuseCredential: (headers) => {
    const secret = bearerOf(headers);
    if (secret === '') return cohereError(401, { message: 'no api key supplied' });
    return rejects(secret) ? cohereError(401) : null;
  },
  error: cohereError,
  headers: () => ({ 'x-debug-trace-id': randomUUID() }),
};
