import type { FastifyInstance } from 'fastify';
import { cameFrom } from './addresses.js';
import type { Issuer } from './issuer.js';
import { ISSUER_PATH } from './path.js';

/**
 * Serves the issuer under {@link ISSUER_PATH}. It is a Koa application: it reads bodies itself, so its scope has no body
 * parsers, and it answers on the raw response, so Fastify lets go of it.
 */
export function mountIssuer(fastify: FastifyInstance, issuer: Issuer): void {
  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(`${ISSUER_PATH}/*`, (request, reply) => {
      reply.hijack();
      request.raw.url = request.raw.url?.slice(ISSUER_PATH.length) ?? '/';
      cameFrom(request.raw, request.ip);
      issuer.handle(request.raw, reply.raw);
    });
  });
}
