import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ConsoleFiles } from './console-files.js';

/** The addresses of the console; everything else that nobody serves stays 404, above all below /api. */
const PAGES = ['/', '/callback', '/o/*'];

/** Its own scripts, styles and pictures, and its own origin to ask: nothing inline, nothing from elsewhere, in no frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const YEAR_MS = 31_536_000_000;

/** Serves the console: its page at its addresses, never to be kept, and its assets, to be kept for ever. */
export function serveConsole(server: FastifyInstance, { page, assets }: ConsoleFiles): void {
  for (const path of PAGES) server.get(path, (_request, reply) => answerPage(reply, page));
  if (assets === null) return;
  server.register(fastifyStatic, {
    root: assets,
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    maxAge: YEAR_MS,
    immutable: true,
    cacheControl: true,
  });
}

function answerPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    })
    .send(page);
}
