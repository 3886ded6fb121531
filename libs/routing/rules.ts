import type { RoutingFacts } from './facts.js';
import { fitsAny } from './pattern.js';

type OneOrMany = string | readonly string[];

/** Conditions of a rule, all of which must hold. A list means any of its entries; `*` in an entry is a wildcard. */
export interface When {
  readonly model?: OneOrMany;
  readonly team?: OneOrMany;
  readonly service?: OneOrMany;
  readonly agent?: OneOrMany;
  readonly surface?: OneOrMany;
  readonly tags?: Readonly<Record<string, OneOrMany>>;
}

const list = (value: OneOrMany): readonly string[] => (typeof value === 'string' ? [value] : value);

const holds = (condition: OneOrMany | undefined, ...values: readonly (string | null | undefined)[]): boolean =>
  condition === undefined || values.some((value) => value != null && fitsAny(list(condition), value));

/** Whether a rule's conditions hold for a call. */
export function holdsFor(when: When, facts: RoutingFacts): boolean {
  return (
    holds(when.model, facts.requestedModel) &&
    holds(when.team, ...facts.teamPath) &&
    holds(when.service, facts.service) &&
    holds(when.agent, facts.agent) &&
    holds(when.surface, facts.surface) &&
    Object.entries(when.tags ?? {}).every(([key, condition]) => holds(condition, facts.tags[key]))
  );
}
