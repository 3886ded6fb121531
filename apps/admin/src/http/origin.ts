import type { FastifyRequest } from 'fastify';
import type { AuditEvent } from '#libs/messages';

const USER_AGENT_CHARS_MAX = 300;

/** Where a request came from, for the audit trail. */
export function originOf(request: FastifyRequest): AuditEvent['from'] {
  const userAgent = request.headers['user-agent']?.slice(0, USER_AGENT_CHARS_MAX) ?? null;
  return { ip: request.ip, userAgent, requestId: request.id };
}
