import { TollgateError } from '#libs/core';
import { consider, sift } from './consider.js';
import type { Candidate, Fallen, RoutingFacts } from './facts.js';
import { fitsAny } from './pattern.js';
import type { Route } from './route-policy.js';
import type { RoutingTable } from './routing-table.js';

export interface Choice {
  /** Null when the caller addressed a model directly. */
  readonly route: Route | null;
  /** Never empty; tried in this order. */
  readonly candidates: readonly Candidate[];
  readonly fallen: readonly Fallen[];
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
  const { candidates, fallen } =
    model === undefined
      ? consider(route as NonNullable<typeof route>, table, facts)
      : sift([{ model: model.slug, weight: 1, priority: 0 }], null, table, facts);
  if (candidates.length === 0) throw nothingLeft(facts, [...table.residency, ...(route?.residency ?? [])], fallen);
  return { route, candidates, fallen };
}

/** What the client is told when no model of the route is left. */
export function nothingLeft(
  { requestedModel: name, operation }: Pick<RoutingFacts, 'requestedModel' | 'operation'>,
  residency: readonly string[],
  fallen: readonly Fallen[],
): TollgateError {
  const params = fewest(fallen);
  if (params !== undefined) {
    const names = params.map((param) => `'${param}'`).join(', ');
    return new TollgateError('invalid_request', `No model of '${name}' can be told ${names} (policy: strict).`, {
      param: params[0] as string,
    });
  }
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
      `No model of '${name}' is in an allowed region (policy: residency ${residency.join(', ')}).`,
    );
  }
  if (fallen.some(({ why }) => why === 'operation')) {
    return new TollgateError('invalid_request', `No model of '${name}' offers ${operation}.`, { param: 'model' });
  }
  return new TollgateError('model_not_found', `The route '${name}' has no model that exists.`, { param: 'model' });
}

/** What a client must leave out of a call on a strict route, at least, to get an answer; undefined when that is not what it takes. */
function fewest(fallen: readonly Fallen[]): readonly string[] | undefined {
  const dropped = fallen.flatMap(({ params }) => (params === undefined ? [] : [params]));
  return dropped.toSorted((a, b) => a.length - b.length)[0];
}
