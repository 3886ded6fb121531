import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AdminPrincipal } from '#libs/identity';
import type { AuditEvent } from '#libs/messages';
import type { AllowedRequest } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import { originOf } from './origin.js';
import { invalidField } from './validation.js';

const KEY_CHARS_MAX = 255;
const SUCCESS: Readonly<Record<string, number>> = { POST: 201, PATCH: 200, PUT: 200, DELETE: 204 };

/** What a request that changes something brings besides its body: who asks, from where, and on what conditions. */
export interface Write {
  readonly principal: AdminPrincipal;
  /** How far the permission of the operation goes. */
  readonly reach: Reach;
  readonly actor: AuditEvent['actor'];
  readonly from: AuditEvent['from'];
  /** The `If-Match` header: change only the version that the client has seen. */
  readonly ifMatch: string | null;
  /** The `Idempotency-Key` header: carry out once, however often it is sent. */
  readonly idempotency: IdempotentRequest | null;
}

export interface IdempotentRequest {
  /** Who asked, so that one caller's key cannot reveal another's answer. */
  readonly principal: string;
  readonly key: string;
  /** SHA-256 of method, path and body, base64url. */
  readonly requestHash: string;
  /** The status of every successful answer to this method. */
  readonly status: number;
}

/** What a request that changes something brings. The guards have put there who asks. */
export const writeOf = (_: unknown, context: ExecutionContext): Write => {
  const request = context.switchToHttp().getRequest<AllowedRequest>();
  const { user: principal, reach } = request;
  const { kind, id, name } = principal;
  return {
    principal,
    reach,
    actor: { kind, id, name },
    from: originOf(request),
    ifMatch: request.headers['if-match'] ?? null,
    idempotency: idempotencyOf(request, `${kind}:${id}`),
  };
};

/** Parameter of a controller's method: {@link writeOf} the request. */
export const WriteOf = createParamDecorator(writeOf);

function idempotencyOf(request: FastifyRequest, principal: string): IdempotentRequest | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || key === '' || key.length > KEY_CHARS_MAX)
    throw invalidField('Idempotency-Key', `must have 1–${KEY_CHARS_MAX} characters`);
  const asked = `${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`;
  return {
    principal,
    key,
    requestHash: createHash('sha256').update(asked).digest('base64url'),
    status: SUCCESS[request.method] ?? 200,
  };
}
