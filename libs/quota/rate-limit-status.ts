import type { TicketWindow } from './ticket.js';

/** State of the tightest limit of one kind after this call was counted, for the `x-ratelimit-*` headers. */
export interface WindowStatus {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the window is wholly free again if nothing more arrives. */
  readonly resetMs: number;
}

/** Null where no limit of that kind binds the call. */
export interface RateLimitStatus {
  readonly requests: WindowStatus | null;
  readonly tokens: WindowStatus | null;
}

/** As scripts/window.lua: a slot is out once 241 slots of 250 ms have begun after its own beginning. */
const SLOT_MS = 250;
const SLOTS = 241;

export function rateLimitStatus(
  windows: readonly TicketWindow[],
  totals: readonly number[],
  nowMs: number,
): RateLimitStatus {
  const resetMs = (Math.floor(nowMs / SLOT_MS) + SLOTS) * SLOT_MS - nowMs;
  const tightest = (kind: TicketWindow['kind']): WindowStatus | null =>
    windows.reduce<WindowStatus | null>((least, window, index) => {
      if (window.kind !== kind) return least;
      const remaining = Math.max(0, window.limit - (totals[index] ?? 0));
      return least !== null && least.remaining <= remaining ? least : { limit: window.limit, remaining, resetMs };
    }, null);
  return { requests: tightest('requests'), tokens: tightest('tokens') };
}
