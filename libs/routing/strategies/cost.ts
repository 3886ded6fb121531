import type { Candidate, RoutingFacts } from '../facts.js';

/** The cheapest for this call's estimated tokens first; those whose price is unknown last, in the listed order. */
export function cost(candidates: readonly Candidate[], facts: RoutingFacts): readonly Candidate[] {
  const priced = candidates.map((candidate) => ({ candidate, nano: facts.costOf(candidate.model) }));
  return priced
    .toSorted((a, b) => {
      if (a.nano === null || b.nano === null) return Number(a.nano === null) - Number(b.nano === null);
      return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : a.candidate.priority - b.candidate.priority;
    })
    .map(({ candidate }) => candidate);
}
