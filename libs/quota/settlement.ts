import type { UsageEvent } from '#libs/messages';
import { defineScript, keys } from '#libs/redis';
import type { Ticket, TicketBudget, TicketWindow } from './ticket.js';

/** What a call turned out to use. The cost booked is the event's own `costNanoUsd`, so that money and record cannot part. */
export interface Settlement {
  /** All input tokens, as token limits count them. */
  readonly inputTokens: number;
  /** All output tokens, as token limits count them. */
  readonly outputTokens: number;
  readonly event: UsageEvent;
}

/** How a reservation ends. `sweep` leaves the token windows as reserved, because nobody knows better. */
export type Ending =
  | ({ readonly mode: 'settle' } & Settlement)
  | { readonly mode: 'sweep'; readonly event: UsageEvent }
  | { readonly mode: 'release' };

interface EndingOf {
  readonly ticket: Ticket;
  readonly ending: Ending;
  readonly nowMs: number | '';
}

export type SettleReply = 'booked' | 'released' | 'already' | 'gone';

/** How long a settled call is remembered, so that a repetition does nothing: longer than a Redis outage with replay. */
const SETTLED_FOR_MS = 3_600_000;

/** The most that one call may cost or reserve, nano-USD (10⁹ USD): keeps sums inside the 64-bit integers of Redis. */
export const CALL_COST_MAX = 1_000_000_000_000_000_000n;

/** Ends a reservation, once: see scripts/settle.lua. Throws RangeError for a cost below zero or above CALL_COST_MAX. */
export const settleScript = defineScript<EndingOf, SettleReply>({
  files: ['clock', 'decimal', 'window', 'settle'].map((name) => new URL(`./scripts/${name}.lua`, import.meta.url)),
  keys: ({ ticket }) => [
    keys.reservation(ticket.organizationId, ticket.callId),
    keys.reservations(ticket.organizationId),
    keys.settled(ticket.organizationId, ticket.callId),
    keys.usage(ticket.organizationId),
    keys.budgetAlerts(ticket.organizationId),
    ...ticket.windows.map((window) => window.key),
    ...ticket.running.map((running) => running.key),
    ...ticket.budgets.map((budget) => budget.key),
  ],
  args: ({ ticket, ending, nowMs }) => [
    nowMs,
    ticket.callId,
    ending.mode,
    ending.mode === 'release' ? '' : JSON.stringify(ending.event),
    SETTLED_FOR_MS,
    ticket.worstCaseNanoUsd,
    ticket.windows.length,
    ticket.running.length,
    ticket.budgets.length,
    ...ticket.windows.map((window) => correction(window, ending)),
    ...ticket.budgets.flatMap((budget) => booking(budget, ticket.worstCaseNanoUsd, ending)),
  ],
  reply: (raw) => raw as SettleReply,
});

/** What a window must add to what it reserved. A request that was admitted stays counted, unless its model was never tried. */
function correction(window: TicketWindow, ending: Ending): number {
  if (ending.mode === 'sweep') return 0;
  if (ending.mode === 'release') return window.kind === 'tokens' ? -window.reserved : 0;
  const { event, inputTokens, outputTokens } = ending;
  if (window.kind === 'tokens')
    return (window.model === null || window.model === event.model ? inputTokens + outputTokens : 0) - window.reserved;
  return window.model === null || wasTried(window.model, event) ? 0 : -window.reserved;
}

function wasTried(model: string, event: UsageEvent): boolean {
  return event.model === model || event.attempts.some((attempt) => attempt.model === model);
}

function booking(budget: TicketBudget, worstCaseNanoUsd: string, ending: Ending): (string | number)[] {
  const cost = ending.mode === 'release' ? 0n : costOf(ending.event, budget.model);
  return [
    (cost - BigInt(worstCaseNanoUsd)).toString(),
    cost.toString(),
    budget.expiresAtMs ?? '',
    budget.id,
    budget.subject,
    budget.periodKey,
    budget.alerts.length,
    ...budget.alerts.flatMap(({ share, amountNanoUsd }) => [share, amountNanoUsd]),
  ];
}

/** What a budget of `model` (null: of any) pays of a call. */
function costOf(event: UsageEvent, model: string | null): bigint {
  const cost = BigInt(event.costNanoUsd);
  if (cost < 0n || cost > CALL_COST_MAX) throw new RangeError(`not a cost of one call: ${event.costNanoUsd} nano-USD`);
  return model === null || model === event.model ? cost : 0n;
}
