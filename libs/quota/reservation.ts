import type { UsageEvent } from '#libs/messages';

/** What a call turned out to use. The cost booked is the event's own `costNanoUsd`, so that money and record cannot part. */
export interface Settlement {
  /** All input tokens, as token limits count them. */
  readonly inputTokens: number;
  /** All output tokens, as token limits count them. */
  readonly outputTokens: number;
  readonly event: UsageEvent;
}

/** `already-settled`: settled or swept before; nothing was booked and no event appended. */
export type SettlementOutcome = 'booked' | 'already-settled';

/** What names a reservation and every counter it touched. Plain JSON, so that a spool can keep it and settle later. */
export interface Ticket {
  readonly organizationId: string;
  readonly callId: string;
  readonly windows: readonly {
    readonly key: string;
    readonly kind: 'requests' | 'tokens';
    readonly reserved: number;
    readonly model: string | null;
  }[];
  readonly running: readonly string[];
  readonly budgets: readonly {
    readonly key: string;
    readonly model: string | null;
    readonly expiresAtMs: number | null;
    /** What an alert says about the budget, JSON. */
    readonly label: string;
    /** Thousandths of the amount → nano-USD as a decimal string. */
    readonly alerts: readonly (readonly [permille: number, nanoUsd: string])[];
  }[];
}

/** What an admitted call holds. Dispose gives back money, tokens and concurrency of a call that was not settled. */
export interface Reservation extends AsyncDisposable {
  readonly ticket: Ticket;
  /** Books the true cost, corrects the token windows, frees concurrency and appends the event, in one atomic step. */
  settle(settlement: Settlement): Promise<SettlementOutcome>;
}
