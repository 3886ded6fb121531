import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AccessTokenClaims } from '#libs/identity';
import { usedCredential } from './client-authentication.js';
import { ownerOf } from './client-metadata.js';

type PrivateClaims = Pick<AccessTokenClaims, 'organization' | 'service' | 'credential' | 'operator'>;

/**
 * What an access token says beyond RFC 9068: whose it is and which credential it dies with. Ids only, so that a token
 * never contradicts a later change of names, teams or permissions.
 */
export function tokenClaims(context: KoaContextWithOIDC): PrivateClaims & Record<string, unknown> {
  const { client } = context.oidc;
  const credential = usedCredential(context);
  if (!client || !credential) throw new Error('a token was about to be issued without an authenticated credential');
  const owner = ownerOf(client);
  if (owner.kind === 'operator') return { operator: true };
  return { organization: owner.organizationId, service: owner.serviceId, credential: credential.id };
}
