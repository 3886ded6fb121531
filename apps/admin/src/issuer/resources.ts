import { errors, type ResourceServer } from 'oidc-provider';
import { AUDIENCES } from '#libs/identity';
import type { ClientOwner } from './clients.js';

/** Life of an access token, seconds: short, because each is also revocable only while gateways remember it. */
export const TOKEN_TTL_SECONDS = 600;

/**
 * The one thing each kind of client is here for. There is no second choice: a token of an operator or a member never makes
 * calls, and a service's never changes configuration.
 */
const RESOURCE_OF: Readonly<Record<ClientOwner['kind'], string>> = {
  service: AUDIENCES.gateway,
  operator: AUDIENCES.admin,
  console: AUDIENCES.admin,
};

/** What a token is for when the client does not say (RFC 8707 §2). */
export function defaultResource(owner: ClientOwner): string {
  return RESOURCE_OF[owner.kind];
}

/** How tokens for a resource look. Throws invalid_target for a resource that does not exist or is not the client's. */
export function resourceServer(owner: ClientOwner, resource: string): ResourceServer {
  if (resource !== RESOURCE_OF[owner.kind])
    throw new errors.InvalidTarget(`this client may only ask for ${RESOURCE_OF[owner.kind]}`);
  return {
    scope: '',
    audience: resource,
    accessTokenFormat: 'jwt',
    accessTokenTTL: TOKEN_TTL_SECONDS,
    jwt: { sign: { alg: 'ES256' } },
  };
}
