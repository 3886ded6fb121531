import type { CallFacts } from './call-facts.js';
import type { Scope } from './scope.js';

const isNamed = (value: string | undefined): value is string => value !== undefined && value !== '*';

/** The shelf that a rule stands on: named by the attribute that fewest calls share. */
function shelfOf({ user, agent, service, team }: Scope): string {
  if (isNamed(user)) return `user=${user}`;
  if (isNamed(agent)) return `agent=${agent}`;
  if (isNamed(service)) return `service=${service}`;
  if (isNamed(team)) return `team=${team}`;
  return 'any';
}

/** The shelves on which rules for a call may stand. */
function shelvesFor(facts: CallFacts): string[] {
  return [
    'any',
    ...facts.teamPath.map((team) => `team=${team}`),
    `service=${facts.service}`,
    ...(facts.agent === null ? [] : [`agent=${facts.agent}`]),
    ...(facts.user === null ? [] : [`user=${facts.user}`]),
  ];
}

/**
 * Finds what was prepared for the rules that could bind a call, without looking at all rules: every one that binds is
 * found, but its scope still has to be matched.
 */
export function indexByScope<Rule extends { readonly scope: Scope }, Prepared>(
  rules: readonly Rule[],
  prepare: (rule: Rule) => Prepared,
): (facts: CallFacts) => readonly Prepared[] {
  const shelves = new Map<string, Prepared[]>();
  for (const rule of rules) {
    const name = shelfOf(rule.scope);
    const shelf = shelves.get(name) ?? [];
    shelves.set(name, shelf);
    shelf.push(prepare(rule));
  }
  return (facts) => shelvesFor(facts).flatMap((name) => shelves.get(name) ?? []);
}
