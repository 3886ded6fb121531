import { Inject, Injectable } from '@nestjs/common';
import * as client from 'openid-client';
import { type IdentityProvider, PrismaClient } from '#libs/database';
import { claimOf, type ExternalClaims } from '#libs/identity';
import type { AdminConfig } from '../connections/config.js';
import { CONFIG } from '../connections/tokens.js';
import { discover } from '../identity-providers/corporate-client.js';
import { RETURN_PATH } from '../identity-providers/identity-providers.mapping.js';
import { stored } from '../identity-providers/stored.js';
import { adminUrlOf, Issuer } from '../issuer/index.js';
import { SealedSecrets } from '../provider-credentials/sealed-secrets.js';

/** What is kept with a sign-in while its browser is at the identity provider. */
export interface Departure {
  readonly providerId: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** A provider through which people sign in, with the organization whose it is. */
export type SignInProvider = IdentityProvider & { readonly organization: { readonly wrappedDataKey: string } };

/** Signing in at an organization's own identity provider: authorization code with PKCE, we are the client. */
@Injectable()
export class CorporateSignIn {
  constructor(
    private readonly database: PrismaClient,
    private readonly secrets: SealedSecrets,
    @Inject(Issuer) private readonly issuer: Issuer,
    @Inject(CONFIG) private readonly config: Pick<AdminConfig, 'allowPrivateUpstreams'>,
  ) {}

  /** The providers through which members of an organization sign in; none for a slug that nobody has. */
  of(organization: string): Promise<{ readonly id: string; readonly name: string }[]> {
    return this.database.identityProvider
      .findMany({ where: { organization: { slug: organization } }, orderBy: { id: 'asc' } })
      .then((rows) => rows.filter((row) => stored.signIn(row) !== null));
  }

  /** Null when nobody signs in through it (any more). */
  async find(id: string): Promise<SignInProvider | null> {
    const include = { organization: { select: { wrappedDataKey: true } } } as const;
    const provider = await this.database.identityProvider.findUnique({ where: { id }, include });
    return provider && stored.signIn(provider) ? provider : null;
  }

  /** Where to send the browser, and what to keep until it returns. `uid`: the sign-in's, by which the way back is found. */
  async depart(provider: SignInProvider, uid: string): Promise<{ readonly url: URL; readonly departure: Departure }> {
    const [verifier, nonce] = [client.randomPKCECodeVerifier(), client.randomNonce()];
    const state = `${uid}.${client.randomState()}`;
    const url = client.buildAuthorizationUrl(await this.clientOf(provider), {
      redirect_uri: adminUrlOf(this.issuer.url) + RETURN_PATH,
      scope: (stored.signIn(provider)?.scopes ?? []).join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url, departure: { providerId: provider.id, verifier, state, nonce } };
  }

  /** What the provider says of who returned. Throws what openid-client throws for an answer that is not to this departure. */
  async arrive(provider: SignInProvider, departure: Departure, query: string): Promise<ExternalClaims> {
    const configuration = await this.clientOf(provider);
    const returned = new URL(`${adminUrlOf(this.issuer.url)}${RETURN_PATH}?${query}`);
    const tokens = await client.authorizationCodeGrant(configuration, returned, {
      pkceCodeVerifier: departure.verifier,
      expectedState: departure.state,
      expectedNonce: departure.nonce,
      idTokenExpected: true,
    });
    const claims = { ...tokens.claims() };
    const sub = String(claims['sub']);
    // Many providers keep ID tokens short and tell groups and email at their userinfo endpoint only.
    const complete = claimOf(claims, this.groupsClaim(provider)) !== undefined && claims['email'] !== undefined;
    if (complete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await client.fetchUserInfo(configuration, tokens.access_token, sub)), ...claims };
  }

  private groupsClaim(provider: SignInProvider): string {
    return stored.signIn(provider)?.groupsClaim ?? '';
  }

  private async clientOf(provider: SignInProvider): Promise<client.Configuration> {
    const { id, issuer, organizationId, sealedClientSecret, organization } = provider;
    const owner = { organizationId, wrappedDataKey: organization.wrappedDataKey };
    const clientSecret = sealedClientSecret === null ? null : await this.secrets.open(owner, id, sealedClientSecret);
    const clientId = stored.signIn(provider)?.clientId ?? '';
    return discover({ issuer, clientId, clientSecret, allowPrivate: this.config.allowPrivateUpstreams });
  }
}
