import type { ModelPrices } from '#libs/metering';
import { pricesFromWire } from '#libs/metering';
import { type Provider, providers } from '#libs/providers';
import { type CompiledRoute, type Model, type RoutingTable, routingTable } from '#libs/routing';
import type { OrganizationSnapshot } from '#libs/snapshot';

/** An organization as gateways would see it with a route as it is asked about. */
export interface World {
  readonly snapshot: OrganizationSnapshot;
  readonly table: RoutingTable;
  readonly route: CompiledRoute;
  readonly pricesOf: (model: Pick<Model, 'slug'>) => ModelPrices | null;
  readonly providerOf: (model: Pick<Model, 'provider'>) => Provider | undefined;
  /** A team and those above it, innermost first; a team that is gone is alone. */
  readonly teamPathOf: (team: string) => readonly string[];
}

/** `slug` names a route of the snapshot. */
export function worldOf(snapshot: OrganizationSnapshot, slug: string): World {
  const { routes, models, residency = [], providerCredentials, teams } = snapshot;
  const credentialWeights = new Map(providerCredentials.map((each) => [each.slug, each.weight]));
  const table = routingTable(routes, models, { residency, credentialWeights });
  const prices = new Map(models.map((model) => [model.slug, model.prices && pricesFromWire(model.prices)]));
  const paths = new Map(teams.map((team) => [team.slug, team.path]));
  return {
    snapshot,
    table,
    route: table.routes.get(slug) as CompiledRoute,
    pricesOf: (model) => prices.get(model.slug) ?? null,
    providerOf: ({ provider }) => providers.get(provider),
    teamPathOf: (team) => paths.get(team) ?? [team],
  };
}
