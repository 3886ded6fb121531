import type { NanoUsd } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import type { AdmissionPlan } from './plan.js';
import type { Reservation, Ticket } from './reservation.js';

/** `batch` sees only the first 90 % of every rate limit, so that it yields to `interactive` near the limit. */
export type Priority = 'interactive' | 'batch';

export interface AdmissionRequest {
  /** UUIDv7. Admitting the same call again takes nothing more and succeeds. */
  readonly callId: string;
  readonly plan: AdmissionPlan;
  /** Estimate of all input tokens. */
  readonly inputTokens: number;
  /** The most output tokens that the call may produce. */
  readonly outputTokensReserved: number;
  /** The most that the call may cost, on its dearest candidate. ≥ 0. */
  readonly worstCaseNanoUsd: NanoUsd;
  /** How long the reservation may stay unsettled before the sweeper books it, milliseconds by Redis's clock. Longer than any call lasts. */
  readonly holdMs: number;
  /** What the sweeper books if this process dies: its `costNanoUsd` (≤ the worst case), with `orphaned` and `estimated` set. */
  readonly estimate: UsageEvent;
  /** Default `interactive`. */
  readonly priority?: Priority;
}

/** State of the tightest limit of one kind after this call was counted, for the `x-ratelimit-*` headers. */
export interface WindowStatus {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the window is wholly free again if nothing more arrives. */
  readonly resetMs: number;
}

export interface RateLimitStatus {
  readonly requests: WindowStatus | null;
  readonly tokens: WindowStatus | null;
}

export interface RateLimitRefusal {
  readonly kind: 'rate-limit';
  readonly limitId: string;
  readonly what: 'requests' | 'tokens' | 'concurrency';
  /** The limit as this call's priority sees it. `requested > limit`: the call can never pass. */
  readonly limit: number;
  readonly requested: number;
  /** Milliseconds until the same call passes every rate limit if nothing else arrives; for concurrency a guess. */
  readonly retryAfterMs: number;
  /** The model whose limit this is: another candidate may still pass. Null: no candidate would. */
  readonly model: string | null;
}

export interface BudgetRefusal {
  readonly kind: 'budget';
  /** Slug of the hard budget with the least left. */
  readonly budget: string;
  /** The largest worst case that every hard budget would have let pass. ≥ 0. */
  readonly affordableNanoUsd: NanoUsd;
  /** The model whose budget this is: another candidate may still pass. Null: no candidate would. */
  readonly model: string | null;
}

export type Refusal = RateLimitRefusal | BudgetRefusal;

export type Admission =
  | {
      readonly ok: true;
      readonly reservation: Reservation;
      readonly limits: RateLimitStatus;
      /** Slugs of soft budgets that this call's worst case takes over their amount. */
      readonly softExceeded: readonly string[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** The one door to limits and budgets. Rejects when Redis does not answer: the caller then degrades, and nothing is known of what was taken. */
export interface Admissions {
  admit(request: AdmissionRequest): Promise<Admission>;
  /** The handle of a reservation made before, perhaps by another process. A call that was never admitted settles too: its cost is booked. */
  reopen(ticket: Ticket): Reservation;
}
