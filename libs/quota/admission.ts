import type { UsageEvent } from '#libs/messages';
import type { ScriptHost } from '#libs/redis';
import { admitScript } from './admission-script.js';
import { type RateLimitStatus, rateLimitStatus } from './rate-limit-status.js';
import { budgetRefusal, type Refusal, rateLimitRefusal, uncheckedRefusal } from './refusal.js';
import { type Reservation, reservationOf } from './reservation.js';
import { redisClock, type ServerClock } from './server-clock.js';
import { CALL_COST_MAX } from './settlement.js';
import { type Demand, type Ticket, ticketOf } from './ticket.js';

export interface AdmissionRequest extends Demand {
  /** How long the reservation may stay unsettled before the sweeper books it, milliseconds by Redis's clock: longer than any call lasts. */
  readonly holdMs: number;
  /** What the sweeper books if this process dies: its `costNanoUsd` (≤ the worst case), with `orphaned` and `estimated` set. */
  readonly estimate: UsageEvent;
}

export type Admission =
  | {
      readonly ok: true;
      readonly reservation: Reservation;
      readonly limits: RateLimitStatus;
      /** Slugs of soft budgets that this call's worst case takes over their amount. */
      readonly softExceeded: readonly string[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** A rebuild of counters takes about this long from the moment that they are missed. */
const REBUILD_WAIT_MS = 1_000;

/** The one door to limits and budgets. */
export class Quota {
  constructor(
    private readonly redis: ScriptHost,
    private readonly clock: ServerClock = redisClock,
  ) {}

  /**
   * Checks every limit and budget of the plan and takes from all of them, or from none. The same call again takes nothing
   * more and succeeds. Rejects when Redis does not answer, and then nothing is known of what was taken: settle or dispose of
   * `reopen(ticketOf(request))` once Redis is back, or the sweeper books the estimate. Throws RangeError for a worst case
   * outside 0 … CALL_COST_MAX.
   */
  async admit(request: AdmissionRequest): Promise<Admission> {
    if (request.worstCaseNanoUsd < 0n || request.worstCaseNanoUsd > CALL_COST_MAX)
      throw new RangeError(`not a worst case of one call: ${request.worstCaseNanoUsd} nano-USD`);
    const ticket = ticketOf(request);
    const estimate = JSON.stringify(request.estimate);
    const reply = await admitScript(this.redis, { ticket, holdMs: request.holdMs, estimate, nowMs: this.clock() });
    if (reply.verdict === 'budget') return { ok: false, refusal: budgetRefusal(ticket, reply.committed) };
    if (reply.verdict === 'uncounted')
      return { ok: false, refusal: uncheckedRefusal(ticket, reply.index, REBUILD_WAIT_MS) };
    if (reply.verdict === 'limit') return { ok: false, refusal: rateLimitRefusal(ticket, reply.index, reply.waitMs) };
    return {
      ok: true,
      reservation: this.reopen(ticket),
      limits: rateLimitStatus(ticket.windows, reply.totals, reply.nowMs),
      softExceeded: ticket.budgets.filter((_, index) => reply.softExceeded.includes(index)).map(({ slug }) => slug),
    };
  }

  /**
   * The handle of a reservation made before, perhaps by another process. A call that was never admitted, or whose
   * reservation Redis lost, settles too: its cost is booked.
   */
  reopen(ticket: Ticket): Reservation {
    return reservationOf(this.redis, ticket, this.clock);
  }
}

/** What of Quota the call path needs. */
export type Admissions = Pick<Quota, 'admit' | 'reopen'>;
