import { TollgateError } from '#libs/core';
import type { Encoded, Envelope } from '../../dialect.js';
import { decodeError, renderError, renderStreamError } from '../../gemini/errors.js';
import {
  arrayOf,
  countOf,
  defined,
  invalid,
  isObject,
  objectOf,
  optional,
  readArray,
  readName,
  readObject,
  readPositive,
  readString,
  restOf,
} from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { inputUsage } from '../load.js';
import type { OperationDialect, OperationTarget } from '../operation.js';
import { asNumbers, type Embeddings, type EmbeddingsRequest, loadOf } from './embeddings.js';

const KNOWN = new Set(['model', 'content', 'taskType', 'title', 'outputDimensionality']);

/**
 * Gemini's embedContent and batchEmbedContents: what distinguishes them is `requests` in the body.
 * https://ai.google.dev/api/embeddings
 */
export const geminiEmbeddings: OperationDialect<EmbeddingsRequest, Embeddings> = {
  id: 'gemini-embeddings',
  decodeRequest,
  modelMembers,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  decodeError,
  renderError,
  renderStreamError,
};

function decodeRequest(body: JsonObject, envelope: Envelope): EmbeddingsRequest {
  const batch = body['requests'] !== undefined;
  const requests = batch ? readArray(readObject)(body['requests'], 'requests') : [body];
  const [first = {}] = requests;
  const prefix = (index: number): string => (batch ? `requests.${index}.` : '');
  if (requests.length === 0) throw invalid('requests', 'must not be empty');
  const inputs = requests.map(({ content }, index) => textOfContent(content, `${prefix(index)}content`));
  return defined<EmbeddingsRequest>({
    dialect: 'gemini-embeddings',
    model: readName(envelope.model, 'model'),
    stream: false,
    batch,
    endUser: undefined,
    load: loadOf(inputs),
    inputs,
    dimensions: optional(first['outputDimensionality'], `${prefix(0)}outputDimensionality`, readPositive),
    encoding: 'float',
    taskType: optional(first['taskType'], `${prefix(0)}taskType`, readString),
    title: optional(first['title'], `${prefix(0)}title`, readString),
    rest: [...new Set(requests.flatMap((request) => Object.keys(restOf(request, KNOWN))))],
  });
}

function textOfContent(content: unknown, param: string): string {
  if (typeof content === 'string') return content;
  const parts = readArray(readObject)(readObject(content, param)['parts'], `${param}.parts`);
  return parts
    .map((part, index) => optional(part['text'], `${param}.parts.${index}.text`, readString) ?? '')
    .join('\n');
}

/** The URL names the model, and so does each request where the client wrote it there. */
function modelMembers(body: JsonObject, { upstreamModel }: OperationTarget): JsonObject {
  const model = `models/${upstreamModel}`;
  if (Array.isArray(body['requests'])) {
    return { requests: body['requests'].map((request) => ({ ...objectOf(request), model })) };
  }
  return body['model'] === undefined ? {} : { model };
}

function decodeResponse(body: JsonObject): Embeddings {
  const { embedding, embeddings } = body;
  if (!isObject(embedding) && !Array.isArray(embeddings)) {
    throw new TollgateError('upstream_error', 'The provider sent an answer without embeddings.', {
      detail: 'neither embedding nor embeddings in the answer',
    });
  }
  const all = isObject(embedding) ? [embedding] : arrayOf(embeddings).map(objectOf);
  const { usageMetadata } = body;
  return {
    vectors: all.map(({ values }) => arrayOf(values) as readonly number[]),
    usage: isObject(usageMetadata) ? inputUsage(countOf(usageMetadata['promptTokenCount'])) : undefined,
    model: undefined,
  };
}

/** Throws `invalid_request` for token ids: which tokens they are, only the model that they were meant for knows. */
function encodeRequest(request: EmbeddingsRequest, { upstreamModel }: OperationTarget): Encoded & { batch: boolean } {
  const { inputs, dimensions, taskType, title, rest } = request;
  const one = (input: (typeof inputs)[number]): JsonObject => {
    if (typeof input !== 'string') throw invalid('input', 'token ids cannot be embedded by this model; send the text');
    return {
      model: `models/${upstreamModel}`,
      content: { parts: [{ text: input }] },
      ...(dimensions !== undefined && { outputDimensionality: dimensions }),
      ...(taskType !== undefined && { taskType }),
      ...(title !== undefined && { title }),
    };
  };
  const requests = inputs.map(one);
  const [only] = requests;
  const batch = requests.length > 1 || only === undefined;
  return { body: batch ? { requests } : only, batch, dropped: [...rest] };
}

function encodeResponse({ vectors }: Embeddings, { batch }: EmbeddingsRequest): JsonObject {
  const embeddings = vectors.map((vector) => ({ values: asNumbers(vector) }));
  return batch ? { embeddings } : { embedding: embeddings[0] ?? { values: [] } };
}
