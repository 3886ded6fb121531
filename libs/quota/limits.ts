import type { Scope } from './scope.js';

export interface RateLimit {
  readonly id: string;
  readonly scope: Scope;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly maxConcurrency: number | null;
}

export type BudgetPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'total';

export interface Budget {
  readonly id: string;
  readonly slug: string;
  readonly scope: Scope;
  /** Integer nano-USD as a decimal string: snapshots are JSON. */
  readonly amountNanoUsd: string;
  readonly period: BudgetPeriod;
  /** IANA name; periods begin at its midnight. */
  readonly timezone: string;
  readonly enforcement: 'hard' | 'soft';
  /** Shares of the amount in thousandths. */
  readonly alertsAt: readonly number[];
}
