import { defineScript, keys } from '#libs/redis';
import { type Ticket, ticketJson } from './ticket.js';

interface Weighing {
  readonly ticket: Ticket;
  readonly holdMs: number;
  /** JSON of the usage event that the sweeper would book. */
  readonly estimate: string;
  readonly nowMs: number | '';
}

/** Indices count the ticket's arrays. */
export type AdmitReply =
  | {
      readonly verdict: 'ok';
      readonly nowMs: number;
      /** Per window, this call counted. */
      readonly totals: readonly number[];
      /** Of budgets. */
      readonly softExceeded: readonly number[];
    }
  | {
      readonly verdict: 'limit';
      /** Among the windows, then the running sets. */
      readonly index: number;
      readonly waitMs: number;
    }
  | {
      readonly verdict: 'budget';
      /** Per budget, nano-USD. */
      readonly committed: readonly string[];
    }
  | {
      readonly verdict: 'uncounted';
      /** Among the budgets. */
      readonly index: number;
    };

/** Checks every limit and budget of the ticket and takes from all of them or none: see scripts/admit.lua. */
export const admitScript = defineScript<Weighing, AdmitReply>({
  files: ['clock', 'decimal', 'window', 'admit'].map((name) => new URL(`./scripts/${name}.lua`, import.meta.url)),
  keys: ({ ticket }) => [
    keys.reservation(ticket.organizationId, ticket.callId),
    keys.reservations(ticket.organizationId),
    keys.countedBudgets(ticket.organizationId),
    ...ticket.windows.map((window) => window.key),
    ...ticket.running.map((running) => running.key),
    ...ticket.budgets.map((budget) => budget.key),
  ],
  args: ({ ticket, holdMs, estimate, nowMs }) => [
    nowMs,
    ticket.callId,
    holdMs,
    ticket.worstCaseNanoUsd,
    ticketJson(ticket),
    estimate,
    ticket.windows.length,
    ticket.running.length,
    ticket.budgets.length,
    ...ticket.windows.flatMap((window) => [window.reserved, window.limit]),
    ...ticket.running.map((running) => running.limit),
    ...ticket.budgets.flatMap((budget) => [
      budget.amountNanoUsd,
      budget.enforcement,
      budget.expiresAtMs ?? '',
      budget.id,
    ]),
  ],
  reply: decode,
});

function decode(raw: unknown): AdmitReply {
  const [verdict, ...rest] = raw as [AdmitReply['verdict'], ...unknown[]];
  if (verdict === 'budget') return { verdict, committed: rest[0] as string[] };
  if (verdict === 'uncounted') return { verdict, index: (rest[0] as number) - 1 };
  if (verdict === 'limit') return { verdict, index: (rest[0] as number) - 1, waitMs: rest[1] as number };
  const softExceeded = (rest[2] as number[]).map((position) => position - 1);
  return { verdict, nowMs: rest[0] as number, totals: rest[1] as number[], softExceeded };
}
