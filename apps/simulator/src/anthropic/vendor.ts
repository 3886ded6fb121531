import { bearerOf, rejects, type Vendor } from '../vendor.js';
import { countTokensEndpoint } from './count-tokens.js';
import { anthropicError, newRequestId } from './errors.js';
import { messages } from './messages.js';

/** Anthropic, at `/anthropic` (its base URL carries no version). */
export const anthropic: Vendor = {
  name: 'anthropic',
  prefix: '/anthropic',
  endpoints: [messages, countTokensEndpoint],
  refuseCredential: ({ headers }) => {
    const key = headers['x-api-key'];
    const secret = typeof key === 'string' ? key : bearerOf(headers);
    if (secret === '') return anthropicError(401, { message: 'x-api-key header is required' });
    if (rejects(secret)) return anthropicError(401, { message: 'invalid x-api-key' });
    if (headers['anthropic-version'] === undefined)
      return anthropicError(400, { message: 'anthropic-version: header is required' });
    return null;
  },
  error: anthropicError,
  headers: () => ({ 'request-id': newRequestId(), 'anthropic-organization-id': '5f1b2c3d-simulated' }),
};
