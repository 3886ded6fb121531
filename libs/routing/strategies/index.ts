import type { StrategyName } from '../route-policy.js';
import { cost } from './cost.js';
import { latency } from './latency.js';
import { leastBusy } from './least-busy.js';
import { priority } from './priority.js';
import type { Strategy } from './strategy.js';
import { weighted } from './weighted.js';

export type { Draw, Strategy } from './strategy.js';

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  priority,
  weighted,
  cost,
  latency,
  'least-busy': leastBusy,
};
