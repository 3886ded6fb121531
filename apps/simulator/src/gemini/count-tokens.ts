import { inputTokensOf } from '../answering/reply.js';
import { fields } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { modelVerb } from './generate.js';
import { readPrompt } from './prompt.js';

/** POST …:countTokens, of `contents` or of a whole `generateContentRequest`. https://ai.google.dev/api/tokens */
export const countTokensEndpoint: Endpoint = {
  method: 'POST',
  path: modelVerb('countTokens'),
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: ({ json }) => {
    const request = fields(json);
    const counted = fields(request['generateContentRequest'] ?? request);
    const tokens = inputTokensOf(readPrompt(counted));
    return {
      kind: 'json',
      body: { totalTokens: tokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: tokens }] },
    };
  },
};
