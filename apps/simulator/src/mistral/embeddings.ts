import { embed } from '../answering/embedding.js';
import { countTokens } from '../answering/tokens.js';
import { hexadecimalId } from '../ids.js';
import { fields, number, text, texts } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { checkKnownFields, requireField } from './rules.js';

const FIELDS = new Set(['model', 'input', 'metadata', 'output_dimension', 'output_dtype', 'encoding_format']);
const DIMENSIONS = 1024;

/** POST /embeddings. https://docs.mistral.ai/api/endpoint/embeddings */
export const embeddings: Endpoint = {
  method: 'POST',
  path: /^\/embeddings$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    checkKnownFields(request, FIELDS);
    requireField(request, 'model');
    requireField(request, 'input');
    const inputs = texts(request['input']);
    const tokens = inputs.reduce((sum, input) => sum + countTokens(input), 0);
    const dimensions = number(request['output_dimension']) ?? DIMENSIONS;
    return {
      kind: 'json',
      usage: { input: tokens, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
      body: {
        id: hexadecimalId('', 32),
        object: 'list',
        data: inputs.map((input, index) => ({ object: 'embedding', embedding: embed(input, dimensions), index })),
        model,
        ...(!fault.noUsage && { usage: { prompt_tokens: tokens, total_tokens: tokens, completion_tokens: 0 } }),
      },
    };
  },
};
