import type { Candidate } from '../facts.js';

/** As listed: the lowest priority number first. */
export const priority = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.toSorted((a, b) => a.priority - b.priority);
