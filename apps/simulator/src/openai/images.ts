import { countTokens } from '../answering/tokens.js';
import { nowSeconds } from '../ids.js';
import { fields, number, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { invalid, missing } from './errors.js';

/** A PNG of one transparent pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** What OpenAI bills for a medium 1024 × 1024 image. */
const TOKENS_PER_IMAGE = 1_056;

/** POST /images/generations. https://platform.openai.com/docs/api-reference/images */
export const imageGenerations: Endpoint = {
  method: 'POST',
  path: /^\/images\/generations$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']) ?? 'dall-e-2',
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    const prompt = text(request['prompt']);
    if (prompt === undefined) throw missing('prompt');
    const count = number(request['n']) ?? 1;
    if (!model.startsWith('gpt-image')) {
      const image =
        request['response_format'] === 'b64_json'
          ? { b64_json: PIXEL }
          : { url: 'https://images.example.com/pixel.png' };
      const data = Array.from({ length: count }, () => ({
        ...image,
        ...(model === 'dall-e-3' && { revised_prompt: prompt }),
      }));
      return { kind: 'json', body: { created: nowSeconds(), data } };
    }
    if ('response_format' in request)
      throw invalid("Unknown parameter: 'response_format'.", 'response_format', 'unknown_parameter');
    const [input, output] = [countTokens(prompt), count * TOKENS_PER_IMAGE];
    return {
      kind: 'json',
      usage: { input, cacheRead: 0, cacheWrite: 0, output, reasoning: 0 },
      body: {
        created: nowSeconds(),
        background: 'opaque',
        data: Array.from({ length: count }, () => ({ b64_json: PIXEL })),
        output_format: 'png',
        quality: 'medium',
        size: '1024x1024',
        ...(!fault.noUsage && {
          usage: {
            input_tokens: input,
            input_tokens_details: { image_tokens: 0, text_tokens: input },
            output_tokens: output,
            total_tokens: input + output,
          },
        }),
      },
    };
  },
};
