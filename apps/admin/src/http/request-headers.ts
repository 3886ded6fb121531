import type { FastifyInstance, FastifyRequest, RawRequestDefaultExpression } from 'fastify';
import { uuidv7 } from '#libs/core';

const REQUEST_ID = /^[\w.:/+=@-]{1,128}$/;

/** The client's `x-request-id` when it is harmless, else a new one. */
export function requestId(request: RawRequestDefaultExpression): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : uuidv7();
}

/** What a browser may do with an answer of the API: nothing. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** The page of the API's documentation brings its own script and style, some of it inline. */
const DOCS_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Sends the request's id and the security headers with every answer, errors included. */
export function sendStandingHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(standingHeaders(request));
  });
}

export function standingHeaders(request: FastifyRequest): Record<string, string> {
  return {
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': isDocs(request) ? DOCS_POLICY : API_POLICY,
    'cache-control': isDocs(request) ? 'no-cache' : 'no-store',
  };
}

function isDocs(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/docs');
}
