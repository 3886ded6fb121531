import type { Candidate, RoutingFacts } from '../facts.js';

/**
 * Each candidate comes first with a probability of its share of the weights, and so on down the order (sampling without
 * replacement by exponential keys, Efraimidis & Spirakis 2006). Weight 0 is only a fallback.
 */
export function weighted(candidates: readonly Candidate[], facts: RoutingFacts): readonly Candidate[] {
  const keyed = candidates.map((candidate) => ({
    candidate,
    key: candidate.weight > 0 ? -Math.log(1 - facts.random()) / candidate.weight : Number.POSITIVE_INFINITY,
  }));
  return keyed.toSorted((a, b) => (a.key === b.key ? 0 : a.key - b.key)).map(({ candidate }) => candidate);
}
