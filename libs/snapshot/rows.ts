/*
 * An organization as the database has it, in the columns that the data plane needs. Spelled out rather than taken from the
 * database's client, because gateways import this lib and must not reach the database. JSON columns were checked when they
 * were written.
 */

export interface OrganizationRows {
  readonly id: string;
  readonly slug: string;
  readonly snapshotVersion: bigint;
  readonly wrappedDataKey: string;
  readonly residency: readonly string[];
  /** Null: nothing was ever set. */
  readonly settings: { readonly unknownPrices: string } | null;
  readonly teams: readonly TeamRow[];
  readonly services: readonly ServiceRow[];
  readonly members?: readonly MemberRow[];
  readonly identityProviders?: readonly IdentityProviderRow[];
  readonly providerCredentials: readonly ProviderCredentialRow[];
  readonly models: readonly ModelRow[];
  readonly routes: readonly RouteRow[];
  readonly rateLimits: readonly RateLimitRow[];
  readonly budgets: readonly BudgetRow[];
  readonly guardrails: readonly GuardrailRow[];
  readonly cacheInvalidations?: readonly CacheInvalidationRow[];
}

export interface CacheInvalidationRow {
  readonly kind: string;
  readonly name: string;
  readonly version: bigint;
}

export interface TeamRow {
  readonly id: string;
  readonly slug: string;
  readonly costCenter: string | null;
  readonly parentId: string | null;
}

export interface ServiceRow {
  readonly id: string;
  readonly slug: string;
  readonly teamId: string;
  readonly kind: string;
  readonly clientId: string;
  readonly allowedModels: readonly string[];
  readonly actsFor?: unknown;
  readonly requireDpop?: boolean;
  readonly credentials: readonly { readonly id: string; readonly expiresAt: Date | null }[];
  /** Null: it still works. */
  readonly decommissionedAt?: Date | null;
  readonly keys: readonly GatewayKeyRow[];
}

export interface GatewayKeyRow {
  readonly id: string;
  readonly hash: string;
  readonly expiresAt: Date | null;
  readonly allowedModels?: readonly string[];
  readonly ipRanges?: readonly string[];
}

export interface MemberRow {
  readonly id: string;
  readonly email: string;
  readonly validFrom: Date;
}

export interface IdentityProviderRow {
  readonly id: string;
  readonly slug?: string;
  readonly issuer: string;
  readonly jwks: unknown;
  readonly services: unknown;
}

export interface ProviderCredentialRow {
  readonly id: string;
  readonly slug: string;
  readonly provider: string;
  readonly baseUrl: string | null;
  readonly region: string | null;
  readonly weight: number;
  readonly sealedSecret: string;
}

export interface ModelRow {
  readonly id: string;
  readonly slug: string;
  readonly provider: string;
  readonly credentialId: string;
  readonly upstreamModel: string;
  readonly region: string | null;
  readonly prices: unknown;
  readonly priceSchedule: unknown;
  readonly limits: unknown;
  readonly capabilities: unknown;
}

export interface RouteRow {
  readonly id: string;
  readonly slug: string;
  readonly strategy: string;
  readonly targets: unknown;
  readonly rules: unknown;
  readonly retry: unknown;
  readonly timeoutMs: number | null;
  readonly timeouts: unknown;
  readonly midStream: string;
  readonly hedge: unknown;
  readonly onBudget: string;
  readonly strict: boolean;
  readonly cache: unknown;
  readonly residency: readonly string[];
  readonly stickiness: string | null;
  readonly shadow: unknown;
  readonly unknownPrices: string | null;
}

export interface RateLimitRow {
  readonly id: string;
  readonly scope: unknown;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly maxConcurrency: number | null;
}

export interface BudgetRow {
  readonly id: string;
  readonly slug: string;
  readonly scope: unknown;
  readonly amountNanoUsd: bigint;
  readonly period: string;
  readonly timezone: string;
  readonly enforcement: string;
  readonly alertsAt: readonly number[];
}

export interface GuardrailRow {
  readonly id: string;
  readonly slug: string;
  readonly applyTo: string;
  readonly mode: string;
  readonly checks: unknown;
  readonly scope: unknown;
}
