import type { Ticket } from './ticket.js';

interface Taken {
  readonly slot: number;
  weight: number;
}

interface Running {
  readonly ticket: Ticket;
  readonly untilMs: number;
  readonly taken: Taken[];
}

/**
 * The slow and obvious reading of scripts/README.md, against which the scripts are tested: lists that are summed anew for
 * every question, bigint money, nothing expired.
 */
export class QuotaModel {
  nowMs = 4_000_000_000_000;
  readonly events: { callId: string; cost: bigint }[] = [];
  private readonly windows = new Map<string, Taken[]>();
  private readonly spent = new Map<string, bigint>();
  private readonly running = new Map<string, Running>();
  private readonly ended = new Set<string>();

  /** What refuses the call, or null when it was admitted. */
  admit(ticket: Ticket, holdMs: number): 'budget' | 'limit' | null {
    const worst = BigInt(ticket.worstCaseNanoUsd);
    const overBudget = ticket.budgets.some(
      ({ key, amountNanoUsd, enforcement }) =>
        enforcement === 'hard' && this.committed(key) + worst > BigInt(amountNanoUsd),
    );
    if (overBudget) return 'budget';
    const overLimit =
      ticket.windows.some(({ key, reserved, limit }) => this.total(key) + reserved > limit) ||
      ticket.running.some(({ key, limit }) => this.runningUnder(key) >= limit);
    if (overLimit) return 'limit';
    const taken = ticket.windows.map(({ key, reserved }) => this.take(key, reserved));
    this.running.set(ticket.callId, { ticket, untilMs: this.nowMs + holdMs, taken });
    return null;
  }

  settle(callId: string, tokens: number, cost: bigint): 'booked' | 'already-settled' {
    if (!this.running.has(callId)) return 'already-settled';
    this.end(callId, tokens, cost);
    this.events.push({ callId, cost });
    return 'booked';
  }

  dispose(callId: string): void {
    if (this.running.has(callId)) this.end(callId, 0, 0n);
  }

  sweep(estimate: bigint): number {
    const due = [...this.running].filter(([, { untilMs }]) => untilMs <= this.nowMs);
    for (const [callId] of due) {
      this.end(callId, null, estimate);
      this.events.push({ callId, cost: estimate });
    }
    return due.length;
  }

  committed(key: string): bigint {
    return (this.spent.get(key) ?? 0n) + this.reserved(key);
  }

  reserved(key: string): bigint {
    return [...this.running.values()]
      .filter(({ ticket }) => ticket.budgets.some((budget) => budget.key === key))
      .reduce((sum, { ticket }) => sum + BigInt(ticket.worstCaseNanoUsd), 0n);
  }

  private total(key: string): number {
    const first = Math.floor(this.nowMs / 250) - 240;
    return (this.windows.get(key) ?? []).reduce((sum, { slot, weight }) => sum + (slot >= first ? weight : 0), 0);
  }

  private take(key: string, weight: number): Taken {
    const taken = { slot: Math.floor(this.nowMs / 250), weight };
    this.windows.set(key, [...(this.windows.get(key) ?? []), taken]);
    return taken;
  }

  private runningUnder(key: string): number {
    return [...this.running.values()].filter(
      ({ ticket, untilMs }) => untilMs > this.nowMs && ticket.running.some((set) => set.key === key),
    ).length;
  }

  /** `tokens` null: leave the windows as they are. */
  private end(callId: string, tokens: number | null, cost: bigint): void {
    const call = this.running.get(callId);
    if (call === undefined || this.ended.has(callId)) throw new Error(`${callId} is not running`);
    this.ended.add(callId);
    this.running.delete(callId);
    for (const { key } of call.ticket.budgets) this.spent.set(key, (this.spent.get(key) ?? 0n) + cost);
    for (const [index, { kind }] of call.ticket.windows.entries()) {
      const taken = call.taken[index];
      if (kind === 'tokens' && tokens !== null && taken !== undefined) taken.weight = tokens;
    }
  }
}
