import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { AllClientMetadata } from 'oidc-provider';
import type { ClientOwner } from './clients.js';
import { TOKEN_EXCHANGE } from './exchange/grant-type.js';

/** The client metadata of our own, in which oidc-provider carries the owner along. */
export const OWNER = 'tollgateOwner';

/**
 * oidc-provider wants a secret to compare with, and we have only hashes: it is given one that nobody knows, and our own
 * comparison (client-authentication.ts) never looks at it. Constant within a process, because clients are cached by their
 * metadata.
 */
const UNUSED_SECRET = randomBytes(32).toString('base64url');

type OwnedMetadata = AllClientMetadata & { [OWNER]: ClientOwner };

/** A client as oidc-provider knows it. `adminUrl`: where browsers reach the console. */
export function clientMetadata(clientId: string, owner: ClientOwner, adminUrl: string): OwnedMetadata {
  return owner.kind === 'console' ? consoleMetadata(clientId, owner, adminUrl) : programMetadata(clientId, owner);
}

/** A public client (RFC 6749 §2.1): what runs in a browser keeps no secret, PKCE protects its codes. */
function consoleMetadata(clientId: string, owner: ClientOwner, adminUrl: string): OwnedMetadata {
  return {
    client_id: clientId,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${adminUrl}/callback`],
    post_logout_redirect_uris: [`${adminUrl}/`],
    [OWNER]: owner,
  };
}

function programMetadata(clientId: string, owner: ClientOwner): OwnedMetadata {
  const keys: JWK[] = owner.credentials.flatMap((credential) => ('keys' in credential ? credential.keys : []));
  const secrets = owner.credentials.some((credential) => 'secretHash' in credential);
  return {
    client_id: clientId,
    client_secret: UNUSED_SECRET,
    token_endpoint_auth_method: secrets ? 'client_secret_basic' : 'private_key_jwt',
    ...(owner.kind === 'service' && {
      grant_types: ['client_credentials', TOKEN_EXCHANGE],
      dpop_bound_access_tokens: owner.requireDpop,
    }),
    ...(keys.length > 0 && { jwks: { keys: keys as NonNullable<AllClientMetadata['jwks']>['keys'] } }),
    [OWNER]: owner,
  };
}

/** Inverse of {@link clientMetadata}: whose client oidc-provider is dealing with. */
export function ownerOf(client: object): ClientOwner {
  return (client as { readonly [OWNER]: ClientOwner })[OWNER];
}
