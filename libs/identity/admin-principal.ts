import { TollgateError } from '#libs/core';
import type { AccessTokenClaims } from './access-token.js';

/** Who is calling the admin API. An operator may do everything, in every organization. */
export interface AdminPrincipal {
  readonly kind: 'operator';
  readonly clientId: string;
  /** `jti` of the access token, for the audit trail. */
  readonly tokenId: string;
}

/** Who stands behind the claims of a token for the admin audience. Throws invalid_token for anyone but an operator. */
export function resolveAdminPrincipal(claims: AccessTokenClaims): AdminPrincipal {
  if (claims.operator !== true)
    throw new TollgateError('invalid_token', 'The access token does not belong to an operator.');
  return { kind: 'operator', clientId: claims.client_id, tokenId: claims.jti };
}
