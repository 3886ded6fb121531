export { type Admission, type AdmissionRequest, type Admissions, Quota } from './admission.js';
export { type BudgetAlert, decodeBudgetAlert } from './budget-alert.js';
export { type Period, periodOf } from './budget-period.js';
export {
  type BudgetRebuild,
  beginRebuild,
  countedBudgets,
  declareCounted,
  finishRebuild,
  type RebuildOf,
} from './budget-rebuild.js';
export { type BudgetAddress, type BudgetState, readBudget } from './budget-state.js';
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
export type { BudgetRefusal, RateLimitRefusal, Refusal, UncheckedRefusal } from './refusal.js';
export type { Reservation, SettlementOutcome } from './reservation.js';
export { isOpen, type Scope } from './scope.js';
export { CALL_COST_MAX, type Settlement } from './settlement.js';
export { ProcessShare, type ShareAdmission, type ShareTerms } from './share/process-share.js';
export { type Subject, subjectMatcher, subjectOf } from './subject.js';
export { sweep } from './sweeper.js';
export { type Demand, type Priority, type Ticket, ticketOf } from './ticket.js';
export { appendEvent } from './usage-stream.js';
