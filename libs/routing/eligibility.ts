import type { Fallen, RoutingFacts } from './facts.js';
import type { Model } from './model.js';
import type { Route } from './route-policy.js';
import type { RoutingTable } from './routing-table.js';

/** A region lies within an allowed one when it is the same or a part of it: `eu-west-1` lies within `eu`. */
const within = (region: string | null, allowed: readonly string[]): boolean =>
  region !== null && allowed.some((each) => region === each || region.startsWith(`${each}-`));

/** Whether a model is within every one of several limits to regions; an empty one allows any region. */
export const isResident = ({ region }: Pick<Model, 'region'>, residencies: readonly (readonly string[])[]): boolean =>
  residencies.every((allowed) => allowed.length === 0 || within(region, allowed));

/**
 * Why a model cannot take the call on this route (null: addressed directly), or null when it can. On a strict one it must be
 * told every parameter, too; that comes last, so that a model which fell by its parameters could do everything else.
 */
export function whyNot(
  model: Model,
  facts: RoutingFacts,
  route: Pick<Route, 'residency' | 'strict'> | null,
  table: Pick<RoutingTable, 'residency'>,
): Omit<Fallen, 'model'> | null {
  const why = lacking(model, facts, [table.residency, route?.residency ?? []]);
  if (why !== null) return { why };
  const params = route?.strict ? facts.droppedBy(model) : [];
  return params.length > 0 ? { why: 'parameters', params } : null;
}

/** What the model lacks. A capability that was not stated is assumed. */
function lacking(model: Model, facts: RoutingFacts, residencies: readonly (readonly string[])[]): Fallen['why'] | null {
  const { needs } = facts;
  const can = model.capabilities;
  if (!facts.serves(model)) return 'operation';
  if (!isResident(model, residencies)) return 'residency';
  if (facts.inputTokens > (model.limits.contextTokens ?? Number.POSITIVE_INFINITY)) return 'context-window';
  if (needs.vision && can.vision === false) return 'vision';
  if (needs.tools && can.tools === false) return 'tools';
  if (needs.jsonSchema && can.jsonSchema === false) return 'json-schema';
  if (needs.audio && can.audio === false) return 'audio';
  if (needs.reasoning && can.reasoning === false) return 'reasoning';
  return null;
}

/** Whether a model could answer this call on this route, be it one of its targets or not. */
export const isCandidate = (model: Model, route: Route | null, table: RoutingTable, facts: RoutingFacts): boolean =>
  whyNot(model, facts, route, table) === null;
