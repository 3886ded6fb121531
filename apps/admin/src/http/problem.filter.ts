import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CODES } from '#libs/core';
import type { Logger } from '#libs/telemetry';
import { knownError } from './known-errors.js';
import { toProblem } from './problem.js';
import { standingHeaders } from './request-headers.js';

/** The one place where an error becomes an answer (RFC 9457) and a line in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(cause: unknown, host: ArgumentsHost): void {
    this.answer(cause, host.switchToHttp().getRequest(), host.switchToHttp().getResponse());
  }

  /** The same for what the router refuses before there is a controller, or a hook that sends the standing headers. */
  readonly ofRouter = (cause: Error, request: FastifyRequest, reply: FastifyReply): void => {
    reply.headers(standingHeaders(request));
    this.answer(cause, request, reply);
  };

  private answer(cause: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = knownError(cause);
    const { level } = CODES[error.code];
    const stack = level === 'error' && error.cause instanceof Error ? error.cause.stack : undefined;
    this.logger[level](
      {
        requestId: request.id,
        method: request.method,
        path: pathOf(request),
        code: error.code,
        detail: error.detail,
        stack,
      },
      error.message,
    );
    if (reply.sent) return;
    if (error.retryAfterMs !== undefined) reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
    if (error.status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer');
    reply
      .status(error.status)
      .type('application/problem+json')
      .send(JSON.stringify(toProblem(error, pathOf(request))));
  }
}

/** Without the query: it may carry what people search for. */
function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}
