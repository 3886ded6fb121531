/** Retries are at most this share of calls … */
const SHARE = 0.08;
/** … but a model that is hardly called may be retried a few times, too. */
const RESERVE = 2;
const BALANCE_MAX = 20;

/** Keeps retries from amplifying an outage: each call puts in a little, each retry of the same model takes out one. */
export class RetryBudget {
  private balance = RESERVE;

  called(): void {
    this.balance = Math.min(this.balance + SHARE, BALANCE_MAX);
  }

  /** Whether a retry may be made now; it is then paid. */
  tryRetry(): boolean {
    if (this.balance < 1) return false;
    this.balance -= 1;
    return true;
  }
}
