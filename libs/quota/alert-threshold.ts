import type { Budget } from './limits.js';

/** A share of a budget at which an alert is due. */
export interface AlertThreshold {
  /** Thousandths of the amount. */
  readonly share: number;
  /** That share in nano-USD, rounded up, as a decimal string. */
  readonly amountNanoUsd: string;
}

/** The thresholds of a budget, lowest first. */
export function alertThresholds(budget: Budget): AlertThreshold[] {
  return [...budget.alertsAt]
    .sort((a, b) => a - b)
    .map((share) => ({
      share,
      amountNanoUsd: ((BigInt(budget.amountNanoUsd) * BigInt(share) + 999n) / 1000n).toString(),
    }));
}
