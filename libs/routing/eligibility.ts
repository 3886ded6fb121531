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

/** Why a model cannot take the call, or null when it can. A capability that was not stated is assumed. */
export function whyNot(
  model: Model,
  facts: RoutingFacts,
  residencies: readonly (readonly string[])[],
): Fallen['why'] | null {
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

/** The regions that a call on this route may not leave, each list on its own. */
export const residenciesOf = (
  route: Pick<Route, 'residency'> | null,
  { residency }: Pick<RoutingTable, 'residency'>,
): readonly (readonly string[])[] => [residency, route?.residency ?? []];

/** Whether a model could answer this call on this route, be it one of its targets or not. */
export const isCandidate = (model: Model, route: Route | null, table: RoutingTable, facts: RoutingFacts): boolean =>
  whyNot(model, facts, residenciesOf(route, table)) === null;
