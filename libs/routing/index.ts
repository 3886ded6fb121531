export {
  droppedFor,
  goesAsItIs,
  type Language,
  languageOf,
  OWN_OPERATION,
  servesChat,
  targetOf,
} from './chat/language.js';
export { needsOf } from './chat/needs.js';
export { contentOf, type InputSize, outputTokensMax, sizeOf } from './chat/size.js';
export { type Choice, choose, nothingLeft } from './choose.js';
export { type Consideration, consider } from './consider.js';
export { isCandidate, isResident } from './eligibility.js';
export type { Candidate, Fallen, Needs, RoutingFacts } from './facts.js';
export { BREAKER_DEFAULTS, Breaker, type BreakerOptions, type BreakerState } from './health/breaker.js';
export { Headroom } from './health/headroom.js';
export { type HealthChange, ModelHealth, type ModelStanding } from './health/model-health.js';
export { RecentPercentile } from './health/percentile.js';
export { RetryBudget } from './health/retry-budget.js';
export type { Model, ModelCapabilities, ModelLimits } from './model.js';
export { lotOf } from './order.js';
export { fits, fitsAny, withinBoth } from './pattern.js';
export type {
  CacheScope,
  Hedge,
  Route,
  RouteCache,
  RouteTimeouts,
  SemanticCache,
  Shadow,
  StrategyName,
  Target,
  UnknownPrices,
} from './route-policy.js';
export { type CompiledRoute, compileRoute, type RoutingTable, routingTable } from './routing-table.js';
export { CONDITION_NAMES, problemWithWhen, type When } from './rules/index.js';
export { type Strategy, strategies } from './strategies/index.js';
