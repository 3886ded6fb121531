import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { etagOf, type Versioned } from './etag.js';

/** Sends the entity tag with every answer that is one resource with versions. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((answer) => {
        if (isVersioned(answer)) reply.header('etag', etagOf(answer));
      }),
    );
  }
}

function isVersioned(answer: unknown): answer is Versioned {
  return typeof answer === 'object' && answer !== null && 'id' in answer && 'updatedAt' in answer;
}
