export type { Model, ModelCapabilities, ModelLimits } from './model.js';
export type { Route, StrategyName, Target } from './route-policy.js';
