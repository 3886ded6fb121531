import type { ScriptHost } from '#libs/redis';
import type { ServerClock } from './server-clock.js';
import { type Settlement, settleScript } from './settlement.js';
import type { Ticket } from './ticket.js';

/** `already-settled`: settled or swept before; nothing was booked and no event appended. */
export type SettlementOutcome = 'booked' | 'already-settled';

/** What an admitted call holds. Dispose gives back money, tokens and concurrency of a call that was not settled. */
export interface Reservation extends AsyncDisposable {
  readonly ticket: Ticket;
  /** Books the true cost, corrects the token windows, frees concurrency and appends the event, in one atomic step. */
  settle(settlement: Settlement): Promise<SettlementOutcome>;
}

/**
 * The handle of a reservation. A settlement whose answer was lost may be repeated, by this handle or another; one that
 * failed leaves the reservation to the sweeper or a repetition, never to `dispose`: it may have been booked.
 */
export function reservationOf(redis: ScriptHost, ticket: Ticket, clock: ServerClock): Reservation {
  let ended = false;
  return {
    ticket,
    async settle(settlement) {
      ended = true;
      const reply = await settleScript(redis, { ticket, ending: { mode: 'settle', ...settlement }, nowMs: clock() });
      return reply === 'booked' ? 'booked' : 'already-settled';
    },
    async [Symbol.asyncDispose]() {
      if (ended) return;
      ended = true;
      await settleScript(redis, { ticket, ending: { mode: 'release' }, nowMs: clock() });
    },
  };
}
