import type { FastifyInstance } from 'fastify';
import { TollgateError } from '#libs/core';

/** What Postgres cannot store as text: U+0000 and halves of surrogate pairs. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Refuses bodies with text that could not be stored, whatever field it is in. */
export function refuseUnstorableText(server: FastifyInstance): void {
  server.addHook('preValidation', async (request) => {
    if (containsUnstorable(request.body))
      throw new TollgateError('invalid_request', 'The body contains text that is not valid Unicode, or U+0000.');
  });
}

function containsUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, each]) => UNSTORABLE.test(name) || containsUnstorable(each));
}
