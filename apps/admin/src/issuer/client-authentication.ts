import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clock } from '#libs/core';
import { secretMatches } from '#libs/identity';
import { ownerOf } from './client-metadata.js';
import type { ClientCredential } from './clients.js';

/** Longest life of a client assertion, seconds: each is remembered against replay until it expires. */
const ASSERTION_TTL_MAX_SECONDS = 3600;

/** Which of a client's credentials a request was made with. Kept beside the request: client objects are shared. */
const used = new WeakMap<object, ClientCredential>();

/** The credential that the current request's client authenticated with. */
export function usedCredential(context: KoaContextWithOIDC): ClientCredential | undefined {
  return used.get(context);
}

/**
 * Lets clients of a provider authenticate with any one of several credentials, of which secrets are stored hashed.
 * oidc-provider asks the client object, so that is where it is taught.
 */
export function acceptSeveralCredentials(provider: Provider): void {
  Object.defineProperties(provider.Client.prototype, {
    compareClientSecret: {
      value(this: object, secret: string): boolean {
        const credential = ownerOf(this).credentials.find(
          (one) => 'secretHash' in one && secretMatches(secret, one.secretHash),
        );
        if (credential) remember(Provider.ctx, credential);
        return credential !== undefined;
      },
    },
    /** A client may have secrets and keys at once; which method it uses shows in the request. */
    clientAuthMethod: {
      get(this: { readonly tokenEndpointAuthMethod: string; readonly jwks?: unknown }): string {
        const asserted = Provider.ctx?.oidc.params?.['client_assertion'] !== undefined;
        return asserted && this.jwks !== undefined ? 'private_key_jwt' : this.tokenEndpointAuthMethod;
      },
    },
  });
}

/** After a client assertion was verified: finds out whose key it was, and refuses one that lives too long. */
export function assertionCheck(clock: Clock) {
  return async (
    context: KoaContextWithOIDC,
    claims: Readonly<Record<string, unknown>>,
    _header: unknown,
    client: object,
  ): Promise<void> => {
    if (Number(claims['exp']) > clock.now() / 1000 + ASSERTION_TTL_MAX_SECONDS)
      throw new errors.InvalidClientAuth('client assertions must expire within an hour');
    const assertion = String(context.oidc.params?.['client_assertion']);
    for (const credential of ownerOf(client).credentials) {
      if ('keys' in credential && (await signedByOneOf(assertion, credential.keys)))
        return remember(context, credential);
    }
  };
}

function remember(context: object | undefined, credential: ClientCredential): void {
  if (context) used.set(context, credential);
}

async function signedByOneOf(assertion: string, keys: readonly JWK[]): Promise<boolean> {
  const { alg } = decodeProtectedHeader(assertion);
  for (const jwk of keys) {
    try {
      await compactVerify(assertion, await importJWK(jwk, alg));
      return true;
    } catch {
      // Another key, or another type of key: try the next.
    }
  }
  return false;
}
