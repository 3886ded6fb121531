import { hexadecimalId } from '../ids.js';
import { bearerOf, rejects, type Vendor } from '../vendor.js';
import { chatCompletions } from './chat.js';
import { embeddings } from './embeddings.js';
import { mistralError } from './errors.js';

/** Mistral, at `/mistral/v1`. */
export const mistral: Vendor = {
  name: 'mistral',
  prefix: '/mistral/v1',
  endpoints: [chatCompletions, embeddings],
  refuseCredential: ({ headers }) => {
    const secret = bearerOf(headers);
    return secret === '' || rejects(secret) ? mistralError(401) : null;
  },
  error: mistralError,
  headers: () => ({ 'mistral-correlation-id': hexadecimalId('', 32) }),
};
