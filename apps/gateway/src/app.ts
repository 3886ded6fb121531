import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, nestLogger } from '#libs/telemetry';
import type { Gateway } from './gateway.js';
import { gatewayModule } from './gateway.module.js';

/** The HTTP server of a gateway, not yet listening. `trustedProxies`: whose x-forwarded-for is believed. */
export async function createApp(
  gateway: Gateway,
  log: Logger,
  trustedProxies: readonly string[] = [],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: false,
    forceCloseConnections: 'idle',
    trustProxy: [...trustedProxies],
    routerOptions: { ignoreTrailingSlash: true },
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
