import { TollgateError } from '#libs/core';
import type { AccessTokenClaims } from './access-token.js';
import { type Grant, grantOf, type HeldRole, type Permission } from './roles.js';

/** Who is calling the admin API. */
export type AdminPrincipal = OperatorPrincipal | MemberPrincipal;

/** May do everything, in every organization. A program, or a person who belongs to no organization. */
export interface OperatorPrincipal {
  readonly kind: 'operator';
  /** Client id, or the person's id. */
  readonly id: string;
  /** Client id, or the person's email. */
  readonly name: string;
  /** `jti` of the access token, for the audit trail. */
  readonly tokenId: string;
}

/** A person of one organization, with the roles held now. */
export interface MemberPrincipal {
  readonly kind: 'member';
  readonly id: string;
  /** Email. */
  readonly name: string;
  readonly tokenId: string;
  readonly organizationId: string;
  /** Slug. */
  readonly organization: string;
  readonly roles: readonly HeldRole[];
}

/** The program behind the claims of a token for the admin audience. Throws invalid_token for anyone but an operator's. */
export function resolveOperatorClient(claims: AccessTokenClaims): OperatorPrincipal {
  if (claims.operator !== true)
    throw new TollgateError('invalid_token', 'The access token does not belong to an operator.');
  return { kind: 'operator', id: claims.client_id, name: claims.client_id, tokenId: claims.jti };
}

/** How far a principal's permission goes in an organization; null: not at all. */
export function mayIn(organizationId: string, principal: AdminPrincipal, permission: Permission): Grant | null {
  if (principal.kind === 'operator') return 'organization';
  return principal.organizationId === organizationId ? grantOf(principal.roles, permission) : null;
}
