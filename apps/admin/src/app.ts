import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { nestLogger } from '#libs/telemetry';
import { adminModule } from './admin.module.js';
import type { Connections } from './connections/connections.js';
import { readConsoleFiles } from './console/console-files.js';
import { serveConsole } from './console/serve-console.js';
import { EtagInterceptor } from './http/etag.interceptor.js';
import { measureRequests } from './http/metrics.js';
import { serveOpenApi } from './http/openapi.js';
import { ProblemFilter } from './http/problem.filter.js';
import { requestId, sendStandingHeaders } from './http/request-headers.js';
import { refuseUnstorableText } from './http/text-check.js';
import { acceptUploads } from './http/upload.js';
import { validationPipe } from './http/validation.js';

const BODY_LIMIT_BYTES = 1024 * 1024;
/** Slug or id are shorter; what is longer is refused by the router. */
const PATH_PARAM_CHARS_MAX = 100;

/** The admin app, ready to listen. */
export async function createAdminApp(connections: Connections): Promise<NestFastifyApplication> {
  const problems = new ProblemFilter(connections.logger);
  const adapter = new FastifyAdapter({
    logger: false,
    frameworkErrors: problems.ofRouter,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: requestId,
    trustProxy: [...connections.config.trustedProxies],
    routerOptions: { maxParamLength: PATH_PARAM_CHARS_MAX },
  });
  const app = await NestFactory.create<NestFastifyApplication>(adminModule(connections), adapter, {
    logger: nestLogger(connections.logger),
    abortOnError: false,
  });
  const server = adapter.getInstance();
  sendStandingHeaders(server);
  measureRequests(server, connections.metrics);
  refuseUnstorableText(server);
  acceptUploads(server);
  serveConsole(server, readConsoleFiles());
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(problems);
  app.useGlobalInterceptors(new EtagInterceptor());
  serveOpenApi(app);
  return app;
}
