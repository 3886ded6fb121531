import { inputTokensOf } from '../answering/reply.js';
import { fields, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { readMessagesPrompt } from './messages-prompt.js';

/** POST /v1/messages/count_tokens. https://docs.claude.com/en/api/messages-count-tokens */
export const countTokensEndpoint: Endpoint = {
  method: 'POST',
  path: /^\/v1\/messages\/count_tokens$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json }) => {
    const prompt = readMessagesPrompt({ max_tokens: Number.MAX_SAFE_INTEGER, ...fields(json) });
    return { kind: 'json', body: { input_tokens: inputTokensOf(prompt) } };
  },
};
