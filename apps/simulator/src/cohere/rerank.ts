import { randomUUID } from 'node:crypto';
import { elements, fields, text } from '../json.js';
import { rank } from '../rerank/rank.js';
import type { Endpoint } from '../vendor.js';
import { invalid } from './errors.js';

/** Documents that make up one billed search unit. https://docs.cohere.com/docs/rerank-overview */
const DOCUMENTS_PER_SEARCH_UNIT = 100;

/** POST /v2/rerank. https://docs.cohere.com/reference/rerank */
export const rerank: Endpoint = {
  method: 'POST',
  path: /^\/v2\/rerank$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, fault }) => {
    const request = fields(json);
    for (const field of ['model', 'query', 'documents'])
      if (request[field] === undefined) throw invalid(`${field} is required`);
    const documents = elements(request['documents']).length;
    if (documents === 0) throw invalid('list of documents must not be empty');
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
