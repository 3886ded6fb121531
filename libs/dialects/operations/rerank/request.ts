import { NO_TOKENS } from '#libs/core';
import {
  defined,
  invalid,
  isObject,
  optional,
  readArray,
  readBoolean,
  readName,
  readPositive,
  restOf,
} from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import type { OperationDialectId } from '../operation.js';
import { type RerankDocument, type RerankRequest, searchUnitsOf } from './rerank.js';

const KNOWN = new Set(['model', 'query', 'documents', 'top_n', 'return_documents']);

/** Cohere and Jina ask alike. Throws `invalid_request`. */
export function decodeRerankRequest(dialect: OperationDialectId, body: JsonObject): RerankRequest {
  const query = readName(body['query'], 'query');
  const documents = readArray(readDocument)(body['documents'], 'documents');
  if (documents.length === 0) throw invalid('documents', 'must not be empty');
  return defined<RerankRequest>({
    dialect,
    model: readName(body['model'], 'model'),
    stream: false,
    batch: false,
    endUser: undefined,
    load: {
      texts: [
        { text: query, times: documents.length },
        { text: documents.map(({ text }) => text).join('\n'), times: 1 },
      ],
      beside: NO_TOKENS,
      most: { input: 0, output: 0 },
      units: searchUnitsOf(documents.length),
      inTokens: true,
    },
    query,
    documents,
    topN: optional(body['top_n'], 'top_n', readPositive),
    returnDocuments: optional(body['return_documents'], 'return_documents', readBoolean),
    rest: Object.keys(restOf(body, KNOWN)),
  });
}

function readDocument(value: unknown, param: string): RerankDocument {
  if (typeof value === 'string') return { text: value, raw: value };
  if (isObject(value) && typeof value['text'] === 'string') return { text: value['text'], raw: value };
  throw invalid(param, 'must be a text or an object with a text');
}
