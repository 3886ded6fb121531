import { randomUUID } from 'node:crypto';
import { bearerOf, rejects, type Vendor } from '../vendor.js';
import { chat } from './chat.js';
import { cohereError } from './errors.js';
import { listModels } from './models.js';
import { rerank } from './rerank.js';

/** Cohere, at `/cohere` (its base URL carries no version). */
export const cohere: Vendor = {
  name: 'cohere',
  prefix: '/cohere',
  endpoints: [chat, rerank, listModels],
  refuseCredential: ({ headers }) => {
    const secret = bearerOf(headers);
    if (secret === '') return cohereError(401, { message: 'no api key supplied' });
    return rejects(secret) ? cohereError(401) : null;
  },
  error: cohereError,
  headers: () => ({ 'x-debug-trace-id': randomUUID() }),
};
