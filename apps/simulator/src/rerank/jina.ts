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

/** POST /rerank. https://api.jina.ai/redoc */
const rerank: Endpoint = {
  method: 'POST',
  path: /^\/rerank$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    for (const field of ['model', 'query', 'documents']) if (request[field] === undefined) throw missing(field);
    if (elements(request['documents']).length === 0) throw missing('documents');
    const { results, tokens } = rank(request);
    const withDocuments = request['return_documents'] !== false;
    return {
      kind: 'json',
      usage: { input: tokens, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
      body: {
        model,
        object: 'list',
        ...(!fault.noUsage && { usage: { total_tokens: tokens } }),
        results: results.map((result) => ({
          index: result.index,
          relevance_score: result.score,
          ...(withDocuments && { document: { text: result.text } }),
        })),
      },
    };
  },
};

function missing(field: string): Refusal {
  const detail = [{ type: 'missing', loc: ['body', field], msg: 'Field required' }];
  return new Refusal({ status: 422, body: { detail } });
}

function jinaError(status: number, { message, retryAfter }: ErrorOptions = {}): WireError {
  return {
    status,
    body: { detail: message ?? `Request failed with status ${status}` },
    ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
  };
}

/** Jina, at `/jina/v1`. */
export const jina: Vendor = {
  name: 'jina',
  prefix: '/jina/v1',
  endpoints: [rerank],
  refuseCredential: ({ headers }) => {
    const secret = bearerOf(headers);
    if (secret !== '' && !rejects(secret)) return null;
    return jinaError(401, { message: 'Invalid API key, please get a new one from https://jina.ai' });
  },
  error: jinaError,
  headers: () => ({}),
};
