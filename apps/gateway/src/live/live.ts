import type { Invalidations } from '#libs/cache';
import type { ChatDialect } from '#libs/dialects';
import type { Guardrail } from '#libs/guardrails';
import type { IdentityIndex, VerifiedToken } from '#libs/identity';
import type { ModelPrices } from '#libs/metering';
import type { Access, Provider } from '#libs/providers';
import type { CompiledQuota } from '#libs/quota';
import type { Model, RoutingTable, UnknownPrices } from '#libs/routing';

/** A model ready to be called: its credential is open, its prices are numbers. Lives in memory only. */
export interface LiveModel {
  readonly model: Model;
  readonly provider: Provider;
  /** The wire format in which the provider's chat operation is asked for this model. */
  readonly dialect: ChatDialect;
  /** Where the provider is, and its credential, which only goes onto requests. */
  readonly access: Access;
  /** Null when nobody knows a price. */
  readonly prices: ModelPrices | null;
  /** Prices that begin later, ascending; see pricedAt. */
  readonly priceSchedule: readonly { readonly fromMs: number; readonly prices: ModelPrices }[];
}

/** One organization as the data plane holds it, compiled once per snapshot. */
export interface LiveOrganization {
  readonly id: string;
  readonly slug: string;
  /** Of the snapshot that it was compiled from. */
  readonly version: number;
  readonly routing: RoutingTable;
  /** By slug. */
  readonly models: ReadonlyMap<string, LiveModel>;
  /** What becomes of calls to a model without a known price. */
  readonly unknownPrices: UnknownPrices;
  readonly quota: CompiledQuota;
  readonly guardrails: readonly Guardrail[];
  readonly invalidations: Invalidations;
}

/** Everything the call path knows about the world at one moment. Replaced as a whole, never changed. */
export interface Live {
  readonly identity: IdentityIndex;
  readonly organizations: ReadonlyMap<string, LiveOrganization>;
  /** Checks a token's signature, issuer, audience and times; throws `invalid_token`. Null until the issuer's keys are known. */
  readonly verifyToken: ((token: string) => Promise<VerifiedToken>) | null;
}
