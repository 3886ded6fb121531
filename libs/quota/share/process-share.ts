import type { NanoUsd } from '#libs/core';
import { type RateLimitStatus, rateLimitStatus } from '../rate-limit-status.js';
import { type Refusal, rateLimitRefusal, uncheckedRefusal } from '../refusal.js';
import type { Ticket } from '../ticket.js';
import { ShareWindow } from './share-window.js';

/** How one process may admit calls by itself. */
export interface ShareTerms {
  /** Processes that admit beside each other, this one included. */
  readonly processes: number;
  /** What all of them together may spend of each hard budget while nobody can check it. */
  readonly graceNanoUsd: NanoUsd;
}

export type ShareAdmission =
  | {
      readonly ok: true;
      readonly limits: RateLimitStatus;
      /** Ends the call: how many tokens and how much money it really used. Once. */
      readonly end: (usedTokens: number, costNanoUsd: NanoUsd) => void;
    }
  | { readonly ok: false; readonly refusal: Refusal };

const CONCURRENCY_WAIT_MS = 1_000;
/** How soon a caller should ask again for a budget that cannot be checked: Redis may be back any moment. */
const UNCHECKED_WAIT_MS = 2_000;

/**
 * Limits and budgets of one process while Redis is away: of each rate limit its share, at least one; of each hard budget
 * its share of the grace amount; soft budgets admit. In memory, begins empty with each outage.
 */
export class ProcessShare {
  private readonly windows = new Map<string, ShareWindow>();
  private readonly running = new Map<string, number>();
  /** Spent and reserved in this outage. */
  private readonly committed = new Map<string, bigint>();

  admit(ticket: Ticket, terms: ShareTerms, nowMs: number): ShareAdmission {
    const worst = BigInt(ticket.worstCaseNanoUsd);
    const grace = terms.graceNanoUsd / BigInt(terms.processes);
    const unchecked = ticket.budgets.findIndex(
      ({ enforcement, key }) => enforcement === 'hard' && (this.committed.get(key) ?? 0n) + worst > grace,
    );
    if (unchecked >= 0) return { ok: false, refusal: uncheckedRefusal(ticket, unchecked, UNCHECKED_WAIT_MS) };

    const shared = shareOf(ticket, terms.processes);
    const refusal = this.overLimit(shared, nowMs);
    return refusal === null ? this.take(shared, worst, nowMs) : { ok: false, refusal };
  }

  private overLimit(ticket: Ticket, nowMs: number): Refusal | null {
    const waits = ticket.windows.map(({ key, reserved, limit }) => {
      const window = this.window(key);
      return window.held(nowMs) + reserved > limit ? window.waitMs(reserved, limit, nowMs) : 0;
    });
    waits.push(
      ...ticket.running.map(({ key, limit }) => ((this.running.get(key) ?? 0) >= limit ? CONCURRENCY_WAIT_MS : 0)),
    );
    const longest = Math.max(0, ...waits);
    return longest === 0 ? null : rateLimitRefusal(ticket, waits.indexOf(longest), longest);
  }

  private take(ticket: Ticket, worst: bigint, nowMs: number): ShareAdmission {
    const corrections = ticket.windows.map(({ key, kind, reserved }) => {
      const correct = this.window(key).take(reserved, nowMs);
      return kind === 'tokens' ? (used: number) => correct(used - reserved) : () => {};
    });
    for (const { key } of ticket.running) this.count(key, 1);
    for (const { key } of ticket.budgets) this.commit(key, worst);
    const totals = ticket.windows.map(({ key }) => this.window(key).held(nowMs));
    return {
      ok: true,
      limits: rateLimitStatus(ticket.windows, totals, nowMs),
      end: (usedTokens, costNanoUsd) => {
        for (const correct of corrections) correct(usedTokens);
        for (const { key } of ticket.running) this.count(key, -1);
        for (const { key } of ticket.budgets) this.commit(key, costNanoUsd - worst);
      },
    };
  }

  private window(key: string): ShareWindow {
    const window = this.windows.get(key) ?? new ShareWindow();
    this.windows.set(key, window);
    return window;
  }

  private count(key: string, change: number): void {
    this.running.set(key, (this.running.get(key) ?? 0) + change);
  }

  private commit(key: string, change: bigint): void {
    this.committed.set(key, (this.committed.get(key) ?? 0n) + change);
  }
}

/** The ticket with this process's share of each limit. At least one: else a small limit would stop every call. */
function shareOf(ticket: Ticket, processes: number): Ticket {
  const shared = <L extends { readonly limit: number }>(each: L): L => ({
    ...each,
    limit: Math.max(1, Math.floor(each.limit / processes)),
  });
  return { ...ticket, windows: ticket.windows.map(shared), running: ticket.running.map(shared) };
}
