import type { IdentityProvider } from '#libs/database';
import type { IdentityProviderAnswer } from './identity-providers.dto.js';
import { stored } from './stored.js';

/** Where a provider sends browsers back to. One for all providers: it is registered there by hand. */
export const RETURN_PATH = '/sign-in/return';

export function toApi(row: IdentityProvider, adminUrl: string): IdentityProviderAnswer {
  const { id, slug, name, issuer, services, jwksReadAt, jwksError, createdAt, updatedAt } = row;
  return {
    ...{ id, slug, name, issuer, services },
    signIn: signInOf(row, adminUrl),
    keyIds: stored.keys(row).map(({ kid }) => kid),
    keysReadAt: jwksReadAt,
    keysError: jwksError,
    createdAt,
    updatedAt,
  };
}

function signInOf(row: IdentityProvider, adminUrl: string): IdentityProviderAnswer['signIn'] {
  const signIn = stored.signIn(row);
  if (signIn === null) return null;
  const { clientId, scopes, groupsClaim, roles } = signIn;
  return {
    clientId,
    scopes: [...scopes],
    groupsClaim,
    roles: [...roles],
    hasClientSecret: row.sealedClientSecret !== null,
    redirectUri: adminUrl + RETURN_PATH,
  };
}
