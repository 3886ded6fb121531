export type {
  Admission,
  AdmissionRequest,
  BudgetRefusal,
  Priority,
  RateLimitRefusal,
  RateLimitStatus,
  Refusal,
  WindowStatus,
} from './admission.js';
export type { CallFacts } from './call-facts.js';
export type { Budget, BudgetPeriod, RateLimit } from './limits.js';
export {
  type AdmissionPlan,
  type CompiledQuota,
  compileQuota,
  type PlannedBudget,
  type PlannedLimit,
  planAdmission,
} from './plan.js';
export type { Reservation, Settlement, SettlementOutcome, Ticket } from './reservation.js';
export type { Scope } from './scope.js';
