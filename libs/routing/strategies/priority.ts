import type { Candidate } from '../facts.js';
import type { Strategy } from './strategy.js';
import { weighted } from './weighted.js';

/** The lowest priority number first; those of one number share the load by weight. */
export const priority: Strategy = (candidates, facts, draw) => {
  const groups = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.priority);
    if (group) group.push(candidate);
    else groups.set(candidate.priority, [candidate]);
  }
  if (groups.size === candidates.length) return candidates.toSorted((a, b) => a.priority - b.priority);
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, group]) => (group.length === 1 ? group : weighted(group, facts, draw)));
};
