import { TollgateError } from '#libs/core';
import { whyNot } from './eligibility.js';
import type { Candidate, Fallen, RoutingFacts } from './facts.js';
import type { Model } from './model.js';
import { fitsAny } from './pattern.js';
import type { Route, Target } from './route-policy.js';
import { holdsFor, type When } from './rules.js';
import { strategies } from './strategies/index.js';

/** An organization's routes and models by slug, and its models as `provider/name` for callers that address them directly. */
export interface RoutingTable {
  readonly routes: ReadonlyMap<string, Route>;
  readonly models: ReadonlyMap<string, Model>;
  readonly direct: ReadonlyMap<string, Model>;
}

export interface Choice {
  /** Null when the caller addressed a model directly. */
  readonly route: Route | null;
  /** Never empty; tried in this order. */
  readonly candidates: readonly Candidate[];
  readonly fallen: readonly Fallen[];
}

export function routingTable(routes: readonly Route[], models: readonly Model[]): RoutingTable {
  const direct = new Map<string, Model>();
  for (const model of models) {
    direct.set(`${model.provider}/${model.upstreamModel}`, model);
    direct.set(`${model.provider}/${model.slug}`, model);
  }
  return {
    routes: new Map(routes.map((route) => [route.slug, route])),
    models: new Map(models.map((model) => [model.slug, model])),
    direct,
  };
}

/**
 * Which models may answer this call, in which order. Throws `model_not_found` for a name that is neither route nor model,
 * `model_not_allowed` when the caller may not use it, `residency_violation` when only models outside the allowed regions are
 * left, and `invalid_request` when no model of the route can take what the call contains.
 */
export function choose(table: RoutingTable, allowedModels: readonly string[], facts: RoutingFacts): Choice {
  const name = facts.requestedModel;
  const route = table.routes.get(name) ?? null;
  const model = route === null ? table.direct.get(name) : undefined;
  if (route === null && model === undefined) {
    throw new TollgateError('model_not_found', `There is no route or model named '${name}' for this caller.`, {
      param: 'model',
    });
  }
  if (!fitsAny(allowedModels, name)) {
    throw new TollgateError(
      'model_not_allowed',
      `The service '${facts.service}' is not allowed to use '${name}' (policy: allowedModels).`,
      { param: 'model' },
    );
  }
  if (model !== undefined) return sift(null, [{ model: model.slug, weight: 1, priority: 0 }], table, facts);
  return sift(route, targetsOf(route as Route, facts), table, facts);
}

/** The targets of the first rule that holds, else the route's own. */
function targetsOf(route: Route, facts: RoutingFacts): readonly Target[] {
  return route.rules.find((rule) => holdsFor(rule.when as When, facts))?.targets ?? route.targets;
}

function sift(route: Route | null, targets: readonly Target[], table: RoutingTable, facts: RoutingFacts): Choice {
  const candidates: Candidate[] = [];
  const fallen: Fallen[] = [];
  for (const target of targets) {
    const model = table.models.get(target.model);
    const why = model === undefined ? 'missing' : whyNot(model, facts, route?.residency ?? []);
    if (model !== undefined && why === null)
      candidates.push({ model, weight: target.weight, priority: target.priority });
    else if (why !== null) fallen.push({ model: target.model, why });
  }
  if (candidates.length === 0) throw nothingLeft(facts, route, fallen);
  return { route, candidates: strategies[route?.strategy ?? 'priority'](candidates, facts), fallen };
}

function nothingLeft(
  { requestedModel: name, operation }: RoutingFacts,
  route: Route | null,
  fallen: readonly Fallen[],
): TollgateError {
  const capability = fallen.find(({ why }) => why !== 'missing' && why !== 'operation' && why !== 'residency');
  if (capability?.why === 'context-window') {
    return new TollgateError('context_length_exceeded', `The input is longer than any model of '${name}' takes.`, {
      param: 'messages',
    });
  }
  if (capability) {
    return new TollgateError(
      'invalid_request',
      `No model of '${name}' can take this call: it needs ${capability.why}.`,
      { param: 'model' },
    );
  }
  if (fallen.some(({ why }) => why === 'residency')) {
    return new TollgateError(
      'residency_violation',
      `No model of '${name}' is in an allowed region (policy: residency ${route?.residency.join(', ')}).`,
    );
  }
  if (fallen.some(({ why }) => why === 'operation')) {
    return new TollgateError('invalid_request', `No model of '${name}' offers ${operation}.`, { param: 'model' });
  }
  return new TollgateError('model_not_found', `The route '${name}' has no model that exists.`, { param: 'model' });
}
