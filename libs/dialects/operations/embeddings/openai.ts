import { TollgateError } from '#libs/core';
import type { Encoded, Envelope } from '../../dialect.js';
import {
  arrayOf,
  countOf,
  defined,
  invalid,
  isObject,
  objectOf,
  optional,
  readCount,
  readName,
  readOneOf,
  readPositive,
  readString,
  restOf,
  textOf,
} from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { decodeError, renderError, renderStreamError } from '../../openai-chat/errors.js';
import { inputUsage } from '../load.js';
import type { OperationDialect, OperationDialectId, OperationTarget } from '../operation.js';
import {
  asBase64,
  asNumbers,
  type EmbeddingInput,
  type Embeddings,
  type EmbeddingsRequest,
  loadOf,
  type Vector,
} from './embeddings.js';

/** What the vendors that took over OpenAI's format call the number of dimensions. */
type DimensionsField = 'dimensions' | 'output_dimension';

const readEncoding = readOneOf('float', 'base64');

/** OpenAI's embeddings. https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEmbeddings = embeddingsDialect('openai-embeddings', 'dimensions');

/** Mistral's, which refuse what they do not know. https://docs.mistral.ai/api/endpoint/embeddings */
export const mistralEmbeddings = embeddingsDialect('mistral-embeddings', 'output_dimension');

function embeddingsDialect(
  id: OperationDialectId,
  dimensionsField: DimensionsField,
): OperationDialect<EmbeddingsRequest, Embeddings> {
  const known = new Set(['model', 'input', 'encoding_format', 'user', dimensionsField]);
  return {
    id,
    decodeRequest(body: JsonObject, _envelope: Envelope): EmbeddingsRequest {
      const inputs = decodeInput(body['input']);
      return defined<EmbeddingsRequest>({
        dialect: id,
        model: readName(body['model'], 'model'),
        stream: false,
        batch: inputs.length > 1,
        endUser: optional(body['user'], 'user', readString),
        load: loadOf(inputs),
        inputs,
        dimensions: optional(body[dimensionsField], dimensionsField, readPositive),
        encoding: optional(body['encoding_format'], 'encoding_format', readEncoding) ?? 'float',
        taskType: undefined,
        title: undefined,
        rest: Object.keys(restOf(body, known)),
      });
    },
    modelMembers: (_body, { upstreamModel }) => ({ model: upstreamModel }),
    decodeResponse,
    // Ollama, Together and others answer in numbers whatever was asked.
    asAsked: ({ vectors }, { encoding }) =>
      vectors.every((vector) => (typeof vector === 'string') === (encoding === 'base64')),
    encodeRequest(request: EmbeddingsRequest, { upstreamModel }: OperationTarget): Encoded {
      const { inputs, dimensions, taskType, title, rest } = request;
      const [first] = inputs;
      return {
        body: {
          model: upstreamModel,
          input: inputs.length === 1 && first !== undefined ? first : inputs,
          encoding_format: 'float',
          ...(dimensions !== undefined && { [dimensionsField]: dimensions }),
        },
        dropped: [...(taskType === undefined ? [] : ['taskType']), ...(title === undefined ? [] : ['title']), ...rest],
      };
    },
    encodeResponse,
    decodeError,
    renderError,
    renderStreamError,
  };
}

/** One text, several, the token ids of one or of several. */
function decodeInput(value: unknown): readonly EmbeddingInput[] {
  if (typeof value === 'string') return [readName(value, 'input')];
  if (!Array.isArray(value) || value.length === 0)
    throw invalid('input', 'must be a text, token ids, or a list of them');
  if (typeof value[0] === 'number') return [readIds(value, 'input')];
  return value.map((item: unknown, index) =>
    typeof item === 'string' ? readName(item, `input.${index}`) : readIds(item, `input.${index}`),
  );
}

function readIds(value: unknown, param: string): readonly number[] {
  if (!Array.isArray(value) || value.length === 0) throw invalid(param, 'must be a text or token ids');
  return value.map((id, index) => readCount(id, `${param}.${index}`));
}

function decodeResponse(body: JsonObject): Embeddings {
  const { data } = body;
  if (!Array.isArray(data)) {
    throw new TollgateError('upstream_error', 'The provider sent an answer without embeddings.', {
      detail: 'no data in an answer to embeddings',
    });
  }
  const { usage } = body;
  return {
    vectors: data.map((item) => vectorOf(objectOf(item)['embedding'])),
    usage: isObject(usage) ? inputUsage(countOf(usage['prompt_tokens'] ?? usage['total_tokens'])) : undefined,
    model: textOf(body['model']),
  };
}

const vectorOf = (value: unknown): Vector =>
  typeof value === 'string' ? value : (arrayOf(value) as readonly number[]);

function encodeResponse({ vectors, usage }: Embeddings, { model, encoding }: EmbeddingsRequest): JsonObject {
  const tokens = usage?.tokens.input ?? 0;
  const write = encoding === 'base64' ? asBase64 : asNumbers;
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: write(vector) })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
