import type { Candidate, RoutingFacts } from '../facts.js';

/** Share of calls that try a random candidate first, so that one that was slow once is not forgotten. */
const EXPLORATION = 0.02;

/** The fastest to a first token first; those not seen yet come before all, to be seen. */
export function latency(candidates: readonly Candidate[], facts: RoutingFacts): readonly Candidate[] {
  const ordered = candidates.toSorted(
    (a, b) => (facts.firstTokenMs(a.model) ?? -1) - (facts.firstTokenMs(b.model) ?? -1),
  );
  if (ordered.length < 2 || facts.random() >= EXPLORATION) return ordered;
  const chosen = ordered[Math.floor(facts.random() * ordered.length)] as Candidate;
  return [chosen, ...ordered.filter((candidate) => candidate !== chosen)];
}
