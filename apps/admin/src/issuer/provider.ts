import type { Redis } from 'ioredis';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import { DPOP_ALGORITHMS } from '#libs/identity';
import { oidcAdapter } from './adapter.js';
import { acceptSeveralCredentials, assertionCheck, usedCredential } from './client-authentication.js';
import { limitClientFailures } from './client-lockout.js';
import { OWNER, ownerOf } from './client-metadata.js';
import { lifetimeOf, registerTokenExchange } from './exchange/grant.js';
import type { IssueRecord } from './issue-record.js';
import type { IssuerKey } from './keys.js';
import { adminUrlOf } from './path.js';
import { peopleSignIn } from './people.js';
import { recordIssues } from './record-issues.js';
import { defaultResource, resourceServer } from './resources.js';
import { answerForStructuredTokens } from './structured-tokens.js';
import { nameSubject, tokenClaims } from './token-claims.js';
import type { TokenRegister } from './token-register.js';

export interface ProviderParts {
  readonly prisma: PrismaClient;
  readonly redis: Redis;
  readonly clock: Clock;
  readonly issuer: string;
  readonly signing: IssuerKey;
  /** Every published key, the signing one included. */
  readonly keys: readonly IssuerKey[];
  readonly register: TokenRegister;
  readonly issues: IssueRecord;
  /** Signs the cookies of people who sign in; the same in every admin app. */
  readonly cookieKey: string;
  /** A token was issued for a credential of a service. */
  readonly onIssued: (credentialId: string) => void;
  /** A fault of ours, answered with server_error. */
  readonly onError: (error: unknown) => void;
}

/** oidc-provider, set up as Tollgate's issuer. Its keys are fixed: a changed set of keys needs a new one. */
export function createProvider(parts: ProviderParts): Provider {
  const provider = new Provider(parts.issuer, configuration(parts));
  acceptSeveralCredentials(provider);
  registerTokenExchange(provider, parts);
  // Endpoints are told as the configured URL, not as whatever Host header a request brings along.
  provider.OIDCContext.prototype.urlFor = (name, options) => provider.urlFor(name, options);
  limitClientFailures(provider, parts.redis);
  provider.use(recordIssues(parts.issues, parts.onError) as Parameters<typeof provider.use>[0]);
  provider.use(answerForStructuredTokens(parts.register, parts.onError) as Parameters<typeof provider.use>[0]);
  provider.on('grant.success', (context: KoaContextWithOIDC) => {
    const { client } = context.oidc;
    const credential = usedCredential(context);
    if (client && credential && ownerOf(client).kind === 'service') parts.onIssued(credential.id);
  });
  provider.on('server_error', (_context: unknown, error: unknown) => parts.onError(error));
  return provider;
}

function configuration(parts: ProviderParts): Configuration {
  const { prisma, clock, issuer, signing, keys } = parts;
  const adminUrl = adminUrlOf(issuer);
  const { features, ttl, ...people } = peopleSignIn({ ...parts, adminUrl });
  return {
    ...people,
    adapter: oidcAdapter(prisma, clock, adminUrl),
    // It signs with the first that fits.
    jwks: { keys: [signing, ...keys.filter(({ kid }) => kid !== signing.kid)].map(({ privateJwk }) => privateJwk) },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    clientDefaults: {
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: 'ES256',
    },
    extraClientMetadata: { properties: [OWNER] },
    assertJwtClientAuthClaimsAndHeader: assertionCheck(clock),
    extraTokenClaims: tokenClaims,
    formats: { customizers: { jwt: nameSubject } },
    ttl: { ...ttl, ClientCredentials: (context) => lifetimeOf(context, clock.now()) },
    enabledJWA: { dPoPSigningAlgValues: [...DPOP_ALGORITHMS] },
    features: {
      ...features,
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, client) => defaultResource(ownerOf(client)),
        // A member's code was granted for the one resource there is: the console need not name it again.
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource, client) => resourceServer(ownerOf(client), resource),
      },
    },
  };
}
