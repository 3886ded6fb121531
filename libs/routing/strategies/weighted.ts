import type { Strategy } from './strategy.js';

/**
 * Each candidate comes first with a probability of its share of the weights, and so on down the order (sampling without
 * replacement by exponential keys, Efraimidis & Spirakis 2006; with lots fixed by a hash it is weighted rendezvous hashing).
 * Weight 0 is only a fallback.
 */
export const weighted: Strategy = (candidates, _facts, draw) => {
  const keyed = candidates.map((candidate) => ({
    candidate,
    key: candidate.weight > 0 ? -Math.log(1 - draw(candidate.model)) / candidate.weight : Number.POSITIVE_INFINITY,
  }));
  return keyed.toSorted((a, b) => (a.key === b.key ? 0 : a.key - b.key)).map(({ candidate }) => candidate);
};
