import { NO_TOKENS } from '#libs/core';
import { countOf, objectOf, textOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { decodeError, renderError, renderStreamError } from '../../openai-chat/errors.js';
import type { OperationDialect, OperationTarget } from '../operation.js';
import { decodeRerankRequest } from './request.js';
import type { Ranking, RerankRequest } from './rerank.js';
import { decodeResults } from './response.js';

/** Cohere's rerank, version 2: texts in, no texts out, billed by search units. https://docs.cohere.com/reference/rerank */
export const cohereRerank: OperationDialect<RerankRequest, Ranking> = {
  id: 'cohere-rerank',
  decodeRequest: (body) => decodeRerankRequest('cohere-rerank', body),
  modelMembers: (_body, { upstreamModel }) => ({ model: upstreamModel }),
  decodeResponse,
  encodeRequest,
  encodeResponse,
  decodeError,
  renderError,
  renderStreamError,
};

function decodeResponse(body: JsonObject): Ranking {
  const billed = objectOf(objectOf(body['meta'])['billed_units'])['search_units'];
  const searchUnits = typeof billed === 'number' ? countOf(billed) : undefined;
  return {
    id: textOf(body['id']),
    results: decodeResults(body),
    searchUnits,
    usage: searchUnits === undefined ? undefined : { tokens: NO_TOKENS, units: searchUnits, inTokens: false },
    model: undefined,
  };
}

/** Documents come back from our own copy, so asking for them loses nothing. */
function encodeRequest(request: RerankRequest, { upstreamModel }: OperationTarget) {
  const { query, documents, topN, rest } = request;
  return {
    body: {
      model: upstreamModel,
      query,
      documents: documents.map(({ text }) => text),
      ...(topN !== undefined && { top_n: topN }),
    },
    dropped: [...rest],
  };
}

function encodeResponse({ id, results, searchUnits }: Ranking): JsonObject {
  return {
    ...(id !== undefined && { id }),
    results: results.map(({ index, score }) => ({ index, relevance_score: score })),
    meta: {
      api_version: { version: '2' },
      ...(searchUnits !== undefined && { billed_units: { search_units: searchUnits } }),
    },
  };
}
