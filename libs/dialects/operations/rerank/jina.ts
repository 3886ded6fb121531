import { countOf, isObject, textOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { decodeError, renderError, renderStreamError } from '../../openai-chat/errors.js';
import { inputUsage } from '../load.js';
import type { OperationDialect, OperationTarget } from '../operation.js';
import { decodeRerankRequest } from './request.js';
import type { Ranking, RerankRequest } from './rerank.js';
import { decodeResults } from './response.js';

/** Jina's rerank, which vLLM and others took over, and the surface's own. https://api.jina.ai/redoc */
export const jinaRerank: OperationDialect<RerankRequest, Ranking> = {
  id: 'jina-rerank',
  decodeRequest: (body) => decodeRerankRequest('jina-rerank', body),
  modelMembers: (_body, { upstreamModel }) => ({ model: upstreamModel }),
  decodeResponse,
  encodeRequest,
  encodeResponse,
  decodeError,
  renderError,
  renderStreamError,
};

function decodeResponse(body: JsonObject): Ranking {
  const { usage } = body;
  return {
    id: textOf(body['id']),
    results: decodeResults(body),
    searchUnits: undefined,
    usage: isObject(usage)
      ? { ...inputUsage(countOf(usage['total_tokens'] ?? usage['prompt_tokens'])), units: 1 }
      : undefined,
    model: textOf(body['model']),
  };
}

function encodeRequest(request: RerankRequest, { upstreamModel }: OperationTarget) {
  const { query, documents, topN, returnDocuments, rest } = request;
  return {
    body: {
      model: upstreamModel,
      query,
      documents: documents.map(({ raw }) => raw),
      ...(topN !== undefined && { top_n: topN }),
      ...(returnDocuments !== undefined && { return_documents: returnDocuments }),
    },
    dropped: [...rest],
  };
}

/** With what Cohere's clients look for beside it, where Cohere answered. */
function encodeResponse(answer: Ranking, { model, documents, returnDocuments }: RerankRequest): JsonObject {
  const { id, results, searchUnits, usage } = answer;
  return {
    ...(id !== undefined && { id }),
    object: 'list',
    model,
    results: results.map(({ index, score }) => ({
      index,
      relevance_score: score,
      ...(returnDocuments === true && { document: { text: documents[index]?.text ?? '' } }),
    })),
    ...(usage?.inTokens && { usage: { total_tokens: usage.tokens.input } }),
    ...(searchUnits !== undefined && { meta: { billed_units: { search_units: searchUnits } } }),
  };
}
