export { type Choice, choose, type RoutingTable, routingTable } from './choose.js';
export type { Candidate, Fallen, Needs, RoutingFacts } from './facts.js';
export type { Model, ModelCapabilities, ModelLimits } from './model.js';
export { fits, fitsAny } from './pattern.js';
export type { Route, StrategyName, Target } from './route-policy.js';
export { holdsFor, type When } from './rules.js';
export { type Strategy, strategies } from './strategies/index.js';
