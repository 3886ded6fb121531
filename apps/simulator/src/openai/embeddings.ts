import { embed } from '../answering/embedding.js';
import type { Usage } from '../answering/reply.js';
import { countTokens } from '../answering/tokens.js';
import { elements, type Fields, fields, number, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { invalid, missing } from './errors.js';

/** POST /embeddings. https://platform.openai.com/docs/api-reference/embeddings */
export const embeddings: Endpoint = {
  method: 'POST',
  path: /^\/embeddings$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    if (model === '') throw invalid('you must provide a model parameter', null);
    const inputs = readInputs(request);
    const dimensions = number(request['dimensions']) ?? (model.includes('3-large') ? 3072 : 1536);
    const encode = request['encoding_format'] === 'base64' ? base64 : (vector: readonly number[]) => vector;
    const usage = inputUsage(inputs.reduce((sum, input) => sum + input.tokens, 0));
    return {
      kind: 'json',
      usage,
      body: {
        object: 'list',
        data: inputs.map((input, index) => ({
          object: 'embedding',
          index,
          embedding: encode(embed(input.text, dimensions)),
        })),
        model,
        ...(!fault.noUsage && { usage: { prompt_tokens: usage.input, total_tokens: usage.input } }),
      },
    };
  },
};

/** Usage of a call that bills input only. */
export function inputUsage(input: number): Usage {
  return { input, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
}

interface Input {
  readonly text: string;
  readonly tokens: number;
}

/** One text, several texts, one list of token ids or several of them. */
function readInputs(request: Fields): readonly Input[] {
  const given = request['input'];
  if (given === undefined) throw missing('input');
  const list = Array.isArray(given) && typeof given[0] !== 'number' ? given : [given];
  if (list.length === 0) throw invalid("'$.input' is invalid. Please check the API reference.", null);
  return list.map((item) => {
    if (typeof item === 'string' && item !== '') return { text: item, tokens: countTokens(item) };
    const ids = elements(item);
    if (ids.length === 0) throw invalid("'$.input' is invalid. Please check the API reference.", null);
    return { text: ids.join(' '), tokens: ids.length };
  });
}

/** Little-endian 32-bit floats in base64, what OpenAI's SDKs ask for. */
function base64(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
