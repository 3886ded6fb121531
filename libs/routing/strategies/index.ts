import type { Candidate, RoutingFacts } from '../facts.js';
import type { StrategyName } from '../route-policy.js';
import { cost } from './cost.js';
import { latency } from './latency.js';
import { leastBusy } from './least-busy.js';
import { priority } from './priority.js';
import { weighted } from './weighted.js';

/** Orders candidates: the first is tried first, the rest are its fallbacks. Pure. */
export type Strategy = (candidates: readonly Candidate[], facts: RoutingFacts) => readonly Candidate[];

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  priority,
  weighted,
  cost,
  latency,
  'least-busy': leastBusy,
};
