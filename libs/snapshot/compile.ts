import type { Invalidations } from '#libs/cache';
import { systemClock } from '#libs/core';
import type { Guardrail } from '#libs/guardrails';
import type {
  ActsFor,
  GatewayKeyIdentity,
  MemberIdentity,
  ServiceIdentity,
  TeamIdentity,
  TrustedIssuer,
} from '#libs/identity';
import { overridePrices, type PriceOverride, pricesOf, pricesToWire, type ScheduledPrices } from '#libs/metering';
import type { Budget, RateLimit } from '#libs/quota';
import { type Route, type UnknownPrices, withinBoth } from '#libs/routing';
import type {
  BudgetRow,
  CacheInvalidationRow,
  GatewayKeyRow,
  GuardrailRow,
  IdentityProviderRow,
  ModelRow,
  OrganizationRows,
  ProviderCredentialRow,
  RateLimitRow,
  RouteRow,
  ServiceRow,
  TeamRow,
} from './rows.js';
import type { OrganizationSnapshot, SnapshotModel, SnapshotProviderCredential } from './schema.js';

/**
 * What the data plane runs on, from the rows of one organization: ids become slugs, teams know their ancestors, models their
 * prices. Equal rows give equal snapshots. Secrets stay sealed.
 */
export function compileSnapshot(rows: OrganizationRows): OrganizationSnapshot {
  const teams = new Map(rows.teams.map((team) => [team.id, team]));
  const credentials = new Map(rows.providerCredentials.map((credential) => [credential.id, credential.slug]));
  return {
    // The version comes early: what writes the snapshot finds it without reading the rest.
    format: 1,
    organizationId: rows.id,
    organization: rows.slug,
    version: Number(rows.snapshotVersion),
    wrappedDataKey: rows.wrappedDataKey,
    residency: rows.residency,
    unknownPrices: (rows.settings?.unknownPrices ?? 'book-zero') as UnknownPrices,
    teams: rows.teams.map((team) => compileTeam(team, teams)),
    services: rows.services
      .filter(({ decommissionedAt }) => !decommissionedAt)
      .map((row) => compileService(row, teams)),
    identityProviders: rows.identityProviders?.map(compileIdentityProvider) ?? [],
    ...membersOf(rows),
    providerCredentials: rows.providerCredentials.map(compileProviderCredential),
    models: rows.models.map((model) => compileModel(model, credentials)),
    routes: rows.routes.map(compileRoute),
    rateLimits: rows.rateLimits.map(compileRateLimit),
    budgets: rows.budgets.map(compileBudget),
    guardrails: rows.guardrails.map(compileGuardrail),
    cacheInvalidations: compileInvalidations(rows.cacheInvalidations ?? []),
  };
}

function compileInvalidations(rows: readonly CacheInvalidationRow[]): Invalidations {
  const versions = (wanted: string): Record<string, number> =>
    Object.fromEntries(rows.flatMap(({ kind, name, version }) => (kind === wanted ? [[name, Number(version)]] : [])));
  return { organization: versions('organization')[''] ?? 0, routes: versions('route'), tags: versions('tag') };
}

type TeamsById = ReadonlyMap<string, TeamRow>;

function compileTeam({ slug, costCenter, id }: TeamRow, teams: TeamsById): TeamIdentity {
  return { slug, costCenter, path: pathOf(id, teams) };
}

/** Slugs of the team and its ancestors, innermost first. A circle, which the admin app refuses, would end here too. */
function pathOf(teamId: string, teams: TeamsById): string[] {
  const path = new Set<string>();
  let team = teams.get(teamId);
  while (team && !path.has(team.slug)) {
    path.add(team.slug);
    team = team.parentId === null ? undefined : teams.get(team.parentId);
  }
  return [...path];
}

function compileService(service: ServiceRow, teams: TeamsById): ServiceIdentity {
  const { id, slug, kind, clientId, allowedModels, credentials, keys } = service;
  return {
    id,
    slug,
    team: teams.get(service.teamId)?.slug ?? '',
    kind: kind as ServiceIdentity['kind'],
    clientId,
    allowedModels,
    credentials: credentials.map((credential) => ({ id: credential.id, expiresAtMs: msOf(credential.expiresAt) })),
    keys: keys.map((key) => compileKey(key, allowedModels)),
    ...(service.actsFor != null && { actsFor: service.actsFor as ActsFor }),
    ...(service.requireDpop && { requireDpop: true }),
  };
}

/** Gateways know members only where a service may act for them. */
function membersOf({ services, members = [] }: OrganizationRows): { readonly members?: readonly MemberIdentity[] } {
  if (!services.some(({ actsFor }) => (actsFor as ActsFor | null | undefined)?.members)) return {};
  return { members: members.map(({ id, email, validFrom }) => ({ id, email, validFromMs: validFrom.getTime() })) };
}

function compileKey(
  { id, hash, expiresAt, ...scope }: GatewayKeyRow,
  ofService: readonly string[],
): GatewayKeyIdentity {
  const { allowedModels = [], ipRanges = [] } = scope;
  return {
    id,
    hash,
    expiresAtMs: msOf(expiresAt),
    ...(allowedModels.length > 0 && { allowedModels: withinBoth(allowedModels, ofService) }),
    ...(ipRanges.length > 0 && { ipRanges }),
  };
}

/** An identity provider's row as the data plane trusts it. */
export function compileIdentityProvider({ id, slug, issuer, jwks, services }: IdentityProviderRow): TrustedIssuer {
  const { keys } = jwks as { readonly keys: TrustedIssuer['keys'] };
  return { id, ...(slug !== undefined && { slug }), issuer, keys, rules: services as TrustedIssuer['rules'] };
}

function compileProviderCredential(row: ProviderCredentialRow): SnapshotProviderCredential {
  const { id, slug, provider, baseUrl, region, weight, sealedSecret } = row;
  return { id, slug, provider, baseUrl, region, weight, sealedSecret };
}

function compileModel(row: ModelRow, credentials: ReadonlyMap<string, string>): SnapshotModel {
  const { id, slug, provider, credentialId, upstreamModel, region, limits, capabilities } = row;
  const own = row.prices as PriceOverride | null;
  const prices = pricesOf({ provider, upstreamModel, prices: own, priceSchedule: [] }, systemClock.now());
  return {
    id,
    slug,
    provider,
    credential: credentials.get(credentialId) ?? '',
    upstreamModel,
    region,
    limits: limits as SnapshotModel['limits'],
    capabilities: capabilities as SnapshotModel['capabilities'],
    prices: prices ? pricesToWire(prices) : null,
    priceSchedule: (row.priceSchedule as ScheduledPrices[]).map((scheduled) => ({
      fromMs: Date.parse(scheduled.from),
      prices: pricesToWire(overridePrices(scheduled.prices)),
    })),
  };
}

function compileRoute(row: RouteRow): Route {
  const { id, slug, strategy, targets, rules, retry, timeoutMs, timeouts, midStream, hedge, onBudget, strict } = row;
  const { cache, residency, stickiness, shadow, unknownPrices } = row;
  return {
    id,
    slug,
    strategy: strategy as Route['strategy'],
    targets: targets as Route['targets'],
    rules: rules as Route['rules'],
    retry: retry as Route['retry'],
    timeoutMs,
    timeouts: timeouts as NonNullable<Route['timeouts']>,
    midStream: midStream as NonNullable<Route['midStream']>,
    hedge: hedge as NonNullable<Route['hedge']> | null,
    onBudget: onBudget as NonNullable<Route['onBudget']>,
    strict,
    cache: cache as Route['cache'],
    residency,
    stickiness: stickiness as NonNullable<Route['stickiness']> | null,
    shadow: shadow as NonNullable<Route['shadow']> | null,
    unknownPrices: unknownPrices as UnknownPrices | null,
  };
}

function compileRateLimit(row: RateLimitRow): RateLimit {
  const { id, scope, requestsPerMinute, tokensPerMinute, maxConcurrency } = row;
  return { id, scope: scope as RateLimit['scope'], requestsPerMinute, tokensPerMinute, maxConcurrency };
}

/** A budget's row as quota counts it. */
export function compileBudget(row: BudgetRow): Budget {
  const { id, slug, scope, amountNanoUsd, period, timezone, enforcement, alertsAt } = row;
  return {
    id,
    slug,
    scope: scope as Budget['scope'],
    amountNanoUsd: amountNanoUsd.toString(),
    period: period as Budget['period'],
    timezone,
    enforcement: enforcement as Budget['enforcement'],
    alertsAt,
  };
}

function compileGuardrail({ id, slug, applyTo, mode, checks, scope }: GuardrailRow): Guardrail {
  return {
    id,
    slug,
    applyTo: applyTo as Guardrail['applyTo'],
    ...(mode === 'dry-run' && { mode }),
    checks: checks as Guardrail['checks'],
    scope: scope as Guardrail['scope'],
  };
}

function msOf(instant: Date | null): number | null {
  return instant === null ? null : instant.getTime();
}
