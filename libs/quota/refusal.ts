import type { NanoUsd } from '#libs/core';
import type { Ticket } from './ticket.js';

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

/** A hard budget whose spending is not known: its counters are not rebuilt yet, or Redis is away. */
export interface UncheckedRefusal {
  readonly kind: 'unchecked';
  /** Slug. */
  readonly budget: string;
  /** Milliseconds after which another try makes sense: a guess. */
  readonly retryAfterMs: number;
  /** The model whose budget this is: another candidate may still pass. Null: no candidate would. */
  readonly model: string | null;
}

export type Refusal = RateLimitRefusal | BudgetRefusal | UncheckedRefusal;

/** `index` counts the windows, then the running sets. */
export function rateLimitRefusal(ticket: Ticket, index: number, retryAfterMs: number): RateLimitRefusal {
  const window = ticket.windows[index];
  if (window !== undefined) {
    const { limitId, limit, model, kind, reserved } = window;
    return { kind: 'rate-limit', limitId, what: kind, limit, requested: reserved, retryAfterMs, model };
  }
  const running = ticket.running[index - ticket.windows.length];
  if (running === undefined) throw new RangeError(`no limit ${index} in the ticket`);
  const { limitId, limit, model } = running;
  return { kind: 'rate-limit', limitId, what: 'concurrency', limit, requested: 1, retryAfterMs, model };
}

/** `index` counts the budgets. */
export function uncheckedRefusal({ budgets }: Ticket, index: number, retryAfterMs: number): UncheckedRefusal {
  const budget = budgets[index];
  if (budget === undefined) throw new RangeError(`no budget ${index} in the ticket`);
  return { kind: 'unchecked', budget: budget.slug, retryAfterMs, model: budget.model };
}

/** `committed`: per budget of the ticket, nano-USD. */
export function budgetRefusal(ticket: Ticket, committed: readonly string[]): BudgetRefusal {
  const [least] = ticket.budgets
    .map((budget, index) => ({ budget, left: BigInt(budget.amountNanoUsd) - BigInt(committed[index] ?? '0') }))
    .filter(({ budget }) => budget.enforcement === 'hard')
    .sort((a, b) => (a.left < b.left ? -1 : 1));
  if (least === undefined) throw new RangeError('a budget beyond the largest amount that Redis can count');
  return {
    kind: 'budget',
    budget: least.budget.slug,
    affordableNanoUsd: least.left > 0n ? least.left : 0n,
    model: least.budget.model,
  };
}
