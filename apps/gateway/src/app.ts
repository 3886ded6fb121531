import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, nestLogger } from '#libs/telemetry';
import type { Gateway } from './gateway.js';
import { gatewayModule } from './gateway.module.js';

export interface HttpOptions {
  /** Whose x-forwarded-for is believed. */
  readonly trustedProxies: readonly string[];
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs: number;
}

/** A head is small: who takes longer means to hold the connection. */
const HEAD_MS_MAX = 30_000;

const DEFAULTS: HttpOptions = { trustedProxies: [], requestTimeoutMs: 120_000 };

/** The HTTP server of a gateway, not yet listening. */
export async function createApp(
  gateway: Gateway,
  log: Logger,
  { trustedProxies, requestTimeoutMs }: HttpOptions = DEFAULTS,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: false,
    forceCloseConnections: 'idle',
    trustProxy: [...trustedProxies],
    routerOptions: { ignoreTrailingSlash: true },
    requestTimeout: requestTimeoutMs,
    http: {
      headersTimeout: Math.min(requestTimeoutMs, HEAD_MS_MAX),
      // Node looks for late ones this often, and only then.
      connectionsCheckingInterval: Math.min(requestTimeoutMs / 2, 10_000),
    },
  });
  // Bodies are read by the call itself, after authentication and with errors in the surface's own shape.
  adapter.getInstance().removeAllContentTypeParsers();
  adapter
    .getInstance()
    .addContentTypeParser('*', (_request: unknown, _payload: unknown, done: (error: null) => void) => done(null));
  return NestFactory.create<NestFastifyApplication>(gatewayModule(gateway), adapter, {
    bodyParser: false,
    logger: nestLogger(log),
  });
}
