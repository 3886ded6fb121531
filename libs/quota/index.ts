export { type Admission, type AdmissionRequest, type Admissions, Quota } from './admission.js';
export { type BudgetAlert, decodeBudgetAlert } from './budget-alert.js';
export { type Period, periodOf } from './budget-period.js';
export { type BudgetAddress, type BudgetState, type LedgerSum, readBudget, restoreBudget } from './budget-state.js';
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
export type { RateLimitStatus, WindowStatus } from './rate-limit-status.js';
export type { BudgetRefusal, RateLimitRefusal, Refusal } from './refusal.js';
export type { Reservation, SettlementOutcome } from './reservation.js';
export type { Scope } from './scope.js';
export { CALL_COST_MAX, type Settlement } from './settlement.js';
export { type Subject, subjectMatcher } from './subject.js';
export { sweep } from './sweeper.js';
export { type Demand, type Priority, type Ticket, ticketOf } from './ticket.js';
export { appendEvent } from './usage-stream.js';
