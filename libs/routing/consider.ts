import { whyNot } from './eligibility.js';
import type { Candidate, Fallen, RoutingFacts } from './facts.js';
import { order } from './order.js';
import type { Target } from './route-policy.js';
import type { CompiledRoute, RoutingTable } from './routing-table.js';

/** What becomes of a route's models for one call, refused or not. */
export interface Consideration {
  /** Place of the rule that decided, 0 = the first; null when none held and the route's own targets count. */
  readonly rule: number | null;
  /** In the order in which they are tried; empty when no model can take the call. */
  readonly candidates: readonly Candidate[];
  readonly fallen: readonly Fallen[];
}

/** The targets of the first rule that holds, else the route's own, sifted and put in order. */
export function consider(route: CompiledRoute, table: RoutingTable, facts: RoutingFacts): Consideration {
  const index = route.compiledRules.findIndex(({ holds }) => holds(facts));
  const targets = route.compiledRules[index]?.targets ?? route.targets;
  return { rule: index < 0 ? null : index, ...sift(targets, route, table, facts) };
}

/** Which targets can take the call, in order, and why the others cannot. */
export function sift(
  targets: readonly Target[],
  route: CompiledRoute | null,
  table: RoutingTable,
  facts: RoutingFacts,
): Omit<Consideration, 'rule'> {
  const candidates: Candidate[] = [];
  const fallen: Fallen[] = [];
  for (const { model: slug, weight, priority } of targets) {
    const model = table.models.get(slug);
    const lack = model === undefined ? { why: 'missing' as const } : whyNot(model, facts, route, table);
    if (model !== undefined && lack === null)
      candidates.push({ model, weight: weight * table.credentialWeight(model), priority });
    else if (lack !== null) fallen.push({ model: slug, ...lack });
  }
  return { candidates: order(candidates, route, facts), fallen };
}
