import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { AllClientMetadata } from 'oidc-provider';
import type { ClientOwner } from './clients.js';

/** The client metadata of our own, in which oidc-provider carries the owner along. */
export const OWNER = 'tollgateOwner';

/**
 * oidc-provider wants a secret to compare with, and we have only hashes: it is given one that nobody knows, and our own
 * comparison (client-authentication.ts) never looks at it. Constant within a process, because clients are cached by their
 * metadata.
 */
const UNUSED_SECRET = randomBytes(32).toString('base64url');

/** A client as oidc-provider knows it. */
export function clientMetadata(clientId: string, owner: ClientOwner): AllClientMetadata & { [OWNER]: ClientOwner } {
  const keys: JWK[] = owner.credentials.flatMap((credential) => ('keys' in credential ? credential.keys : []));
  const secrets = owner.credentials.some((credential) => 'secretHash' in credential);
  return {
    client_id: clientId,
    client_secret: UNUSED_SECRET,
    token_endpoint_auth_method: secrets ? 'client_secret_basic' : 'private_key_jwt',
    ...(keys.length > 0 && { jwks: { keys: keys as NonNullable<AllClientMetadata['jwks']>['keys'] } }),
    [OWNER]: owner,
  };
}

/** Inverse of {@link clientMetadata}: whose client oidc-provider is dealing with. */
export function ownerOf(client: object): ClientOwner {
  return (client as { readonly [OWNER]: ClientOwner })[OWNER];
}
