import type { FastifyInstance } from 'fastify';
import { TollgateError } from '#libs/core';

/** What Postgres cannot store as text: U+0000 and halves of surrogate pairs. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Far beyond what any body needs; what walks through bodies (validation, JSON) recurses, and its stack has an end. */
const DEPTH_MAX = 100;

/** Refuses bodies with text that could not be stored, whatever field it is in, and bodies nested beyond any use. */
export function refuseUnstorableText(server: FastifyInstance): void {
  server.addHook('preValidation', async (request) => {
    if (containsUnstorable(request.body, 0))
      throw new TollgateError('invalid_request', 'The body contains text that is not valid Unicode, or U+0000.');
  });
}

function containsUnstorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (depth > DEPTH_MAX)
    throw new TollgateError('invalid_request', `The body is nested over ${DEPTH_MAX} levels deep.`);
  return Object.entries(value).some(([name, each]) => UNSTORABLE.test(name) || containsUnstorable(each, depth + 1));
}
