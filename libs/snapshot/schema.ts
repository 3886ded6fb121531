import type { Invalidations } from '#libs/cache';
import type { Guardrail } from '#libs/guardrails';
import type { MemberIdentity, ServiceIdentity, TeamIdentity, TrustedIssuer } from '#libs/identity';
import type { Budget, RateLimit } from '#libs/quota';
import type { Model, Route, UnknownPrices } from '#libs/routing';

/** Prices as JSON can carry them: ModelPrices with every bigint as a decimal string. */
export type WirePrices = { readonly version: string } & Readonly<Record<string, string>>;

export interface SnapshotModel extends Model {
  /** Null when neither override nor catalogue knows a price. */
  readonly prices: WirePrices | null;
  /** Prices that begin later, ascending; absent = none. */
  readonly priceSchedule?: readonly { readonly fromMs: number; readonly prices: WirePrices }[];
}

export interface SnapshotProviderCredential {
  readonly id: string;
  readonly slug: string;
  readonly provider: string;
  readonly baseUrl: string | null;
  readonly region: string | null;
  readonly weight: number;
  /** Sealed with the organization's data key; the gateway opens it in memory only. */
  readonly sealedSecret: string;
}

/** Everything the data plane runs on for one organization. Immutable; compared by `version`. JSON in Redis and on disk. */
export interface OrganizationSnapshot {
  readonly format: 1;
  readonly organizationId: string;
  readonly organization: string;
  readonly version: number;
  readonly wrappedDataKey: string;
  /** Regions that no call may leave; absent or empty = anywhere. */
  readonly residency?: readonly string[];
  /** Absent: booked at zero. */
  readonly unknownPrices?: UnknownPrices;
  readonly teams: readonly TeamIdentity[];
  readonly services: readonly ServiceIdentity[];
  /** Absent in snapshots from before there were any. */
  readonly identityProviders?: readonly TrustedIssuer[];
  /** Absent where no service acts for members. */
  readonly members?: readonly MemberIdentity[];
  readonly providerCredentials: readonly SnapshotProviderCredential[];
  readonly models: readonly SnapshotModel[];
  readonly routes: readonly Route[];
  readonly rateLimits: readonly RateLimit[];
  readonly budgets: readonly Budget[];
  readonly guardrails: readonly Guardrail[];
  /** Absent: nothing was invalidated. */
  readonly cacheInvalidations?: Invalidations;
}

/** What every gateway needs regardless of organization. Its version lives under the name `platform`. */
export interface PlatformSnapshot {
  readonly format: 1;
  readonly version: number;
  readonly issuer: string;
  /** Public keys of the built-in issuer, as a JWK set. */
  readonly jwks: { readonly keys: readonly JsonWebKeyLike[] };
  /** Ids (`jti`) of access tokens revoked before their expiry. */
  readonly revokedTokens: readonly { readonly id: string; readonly expiresAtMs: number }[];
}

export type JsonWebKeyLike = { readonly kid: string; readonly kty: string; readonly alg?: string } & Readonly<
  Record<string, unknown>
>;
