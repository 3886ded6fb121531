export type { Budget, BudgetPeriod, RateLimit } from './limits.js';
export type { Scope } from './scope.js';
