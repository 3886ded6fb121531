import type { Model } from './model.js';
import type { Route, Target } from './route-policy.js';
import { compileWhen, type Holds } from './rules/index.js';

/** A rule ready to be asked. */
export interface CompiledRule {
  readonly holds: Holds;
  readonly targets: readonly Target[];
}

export interface CompiledRoute extends Route {
  readonly compiledRules: readonly CompiledRule[];
}

/** How an organization's calls are routed, prepared once per snapshot. */
export interface RoutingTable {
  readonly routes: ReadonlyMap<string, CompiledRoute>;
  /** By slug. */
  readonly models: ReadonlyMap<string, Model>;
  /** By `provider/name`, for callers that address them directly. */
  readonly direct: ReadonlyMap<string, Model>;
  /** Regions that no call of the organization may leave; empty = anywhere. */
  readonly residency: readonly string[];
  /** Weight of a model's provider credential among those that share load. */
  readonly credentialWeight: (model: Model) => number;
}

export interface RoutingTableOptions {
  readonly residency?: readonly string[];
  /** By slug; those not named weigh 1. */
  readonly credentialWeights?: ReadonlyMap<string, number>;
}

export function routingTable(
  routes: readonly Route[],
  models: readonly Model[],
  { residency = [], credentialWeights = new Map() }: RoutingTableOptions = {},
): RoutingTable {
  const direct = new Map<string, Model>();
  for (const model of models) {
    direct.set(`${model.provider}/${model.upstreamModel}`, model);
    direct.set(`${model.provider}/${model.slug}`, model);
  }
  return {
    routes: new Map(routes.map((route) => [route.slug, compileRoute(route)])),
    models: new Map(models.map((model) => [model.slug, model])),
    direct,
    residency,
    credentialWeight: ({ credential }) => credentialWeights.get(credential) ?? 1,
  };
}

/** A route with its rules as functions. */
export function compileRoute(route: Route): CompiledRoute {
  return {
    ...route,
    compiledRules: route.rules.map(({ when, targets }) => ({ holds: compileWhen(when), targets })),
  };
}
