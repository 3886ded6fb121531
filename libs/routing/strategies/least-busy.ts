import type { Candidate, RoutingFacts } from '../facts.js';

/** The one with the fewest running calls for its weight first. */
export function leastBusy(candidates: readonly Candidate[], facts: RoutingFacts): readonly Candidate[] {
  const load = ({ model, weight }: Candidate): number => (facts.running(model) + 1) / Math.max(weight, 0.001);
  return candidates.toSorted((a, b) => load(a) - load(b));
}
