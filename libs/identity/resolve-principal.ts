import { TollgateError } from '#libs/core';
import type { AccessTokenClaims } from './access-token.js';
import type { IdentityIndex, KnownCredential } from './identity-index.js';
import type { Principal } from './principal.js';
import { resolveSubject } from './resolve-subject.js';

/** What an agent may call itself: like a slug, 1–64 characters. */
const AGENT_NAME = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

/**
 * Who stands behind verified claims now. `agent` is the caller's `x-tollgate-agent`, null without one.
 *
 * Throws invalid_token when the token, its credential or its service was revoked or has expired since it was issued;
 * invalid_request for a name that no agent may have.
 */
export function resolveToken(
  claims: AccessTokenClaims,
  agent: string | null,
  index: IdentityIndex,
  nowMs: number,
): Principal {
  if (index.tokenRevoked(claims.jti)) throw new TollgateError('invalid_token', 'The access token was revoked.');
  const known = claims.credential === undefined ? undefined : index.credential(claims.credential);
  if (!known || !issuedFor(claims, known))
    throw new TollgateError(
      'invalid_token',
      'The service or credential that this access token was issued for is gone.',
    );
  if (expired(known, nowMs))
    throw new TollgateError('invalid_token', 'The credential that this access token was issued for has expired.');
  const principal = asAgent(known.principal, agent);
  const { act } = claims;
  if (act === undefined) return principal;
  return { ...principal, subject: resolveSubject({ ...claims, act }, principal.organizationId, index, nowMs) };
}

/** What a request says about its caller beside the credential. */
export interface CallerFacts {
  /** The caller's `x-tollgate-agent`, null without one. */
  readonly agent: string | null;
  /** The client's IP address. */
  readonly address: string;
}

/**
 * Who holds the gateway key with this hash. Errors as {@link resolveToken}, and invalid_token for an address that the key is
 * not for.
 */
export function resolveGatewayKey(
  hash: string,
  { agent, address }: CallerFacts,
  index: IdentityIndex,
  nowMs: number,
): Principal {
  const known = index.key(hash);
  if (!known) throw new TollgateError('invalid_token', 'The gateway key is unknown or was revoked.');
  if (expired(known, nowMs)) throw new TollgateError('invalid_token', 'The gateway key has expired.');
  if (known.allowedFrom && !known.allowedFrom(address))
    throw new TollgateError('invalid_token', 'The gateway key may not be used from this address.', { detail: address });
  return asAgent(known.principal, agent);
}

/** Ids are unique, so this only fails for a token of another installation that shares our issuer's name and key. */
function issuedFor(claims: AccessTokenClaims, { principal, clientId }: KnownCredential): boolean {
  return (
    claims.service === principal.serviceId &&
    claims.organization === principal.organizationId &&
    claims.client_id === clientId
  );
}

function expired({ expiresAtMs }: KnownCredential, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= nowMs;
}

/**
 * The principal under the name that the caller gives, null for none. A service of kind agent is that agent whatever it calls
 * itself: it cannot slip out of the limits set for it. Throws invalid_request for a name that no agent may have.
 */
export function asAgent(principal: Principal, agent: string | null): Principal {
  if (agent === null) return principal;
  if (!AGENT_NAME.test(agent))
    throw new TollgateError(
      'invalid_request',
      'x-tollgate-agent must be 1 to 64 lower case letters, digits, ".", "_" or "-", and start and end with a letter or digit.',
      { param: 'x-tollgate-agent' },
    );
  return principal.agent === null ? { ...principal, agent } : principal;
}
