import { setTimeout } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type Clock, type NanoUsd, TollgateError } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import {
  type Admission,
  type AdmissionRequest,
  type Admissions,
  appendEvent,
  ProcessShare,
  Quota,
  type Reservation,
  type SettlementOutcome,
  type ShareAdmission,
  type Ticket,
  ticketOf,
} from '#libs/quota';
import type { RedisPresence } from './redis-presence.js';
import { type Spool, Undeliverable } from './spool/spool.js';
import type { SpoolEntry } from './spool/spool-entry.js';

export interface SteadyQuotaParts {
  readonly redis: Redis;
  readonly presence: RedisPresence;
  readonly spool: Spool;
  /** How many gateways share the limits. */
  readonly gateways: () => number;
  /** What all gateways together may spend of each hard budget during one outage. */
  readonly graceNanoUsd: NanoUsd;
  readonly clock: Clock;
}

/** What Redis knows of a call: an admission that got no answer may have been taken. */
type Taken = 'yes' | 'maybe' | 'no';

/** How long a call is held for a hard budget that is being counted, and how often it asks again. */
const HOLD_MS = 1_500;
const ASK_AGAIN_MS = 150;

/**
 * Admission and settlement that go on while Redis is away: limits fall to this process's share, hard budgets refuse beyond
 * the grace amount, and what has to be booked is spooled and replayed.
 */
export class SteadyQuota implements Admissions {
  private readonly quota: Quota;
  private share = new ProcessShare();

  constructor(private readonly parts: SteadyQuotaParts) {
    this.quota = new Quota(parts.redis);
    parts.presence.onBack(() => {
      this.share = new ProcessShare();
    });
  }

  /** As Quota's, but never rejects because of Redis. Throws `overloaded` when nothing more can be spooled. */
  async admit(request: AdmissionRequest): Promise<Admission> {
    if (this.parts.presence.away) return this.admitAlone(request, 'no');
    try {
      const admission = await this.askUntilCounted(request);
      if (!admission.ok) return admission;
      return { ...admission, reservation: this.reservation(admission.reservation.ticket, 'yes', null) };
    } catch (cause) {
      this.lost(cause);
      return this.admitAlone(request, 'maybe');
    }
  }

  reopen(ticket: Ticket): Reservation {
    return this.reservation(ticket, 'maybe', null);
  }

  /** Records a call that reserved nothing: now, or when Redis is back. */
  async appendEvent(event: UsageEvent): Promise<void> {
    await this.tell({ kind: 'event', event });
  }

  /** Tells Redis what it has missed. Rejects when it is away again. */
  async replay(): Promise<void> {
    await this.parts.spool.drain((entry) => this.deliver(entry).catch(rejectForGood));
  }

  /** A hard budget that is new, or whose Redis came back empty, is counted within a second: worth waiting for. */
  private async askUntilCounted(request: AdmissionRequest): Promise<Admission> {
    const { clock } = this.parts;
    const untilMs = clock.monotonic() + HOLD_MS;
    for (;;) {
      const admission = await this.quota.admit(request);
      const held = !admission.ok && admission.refusal.kind === 'unchecked';
      if (!held || clock.monotonic() >= untilMs) return admission;
      await setTimeout(ASK_AGAIN_MS);
    }
  }

  private async admitAlone(request: AdmissionRequest, taken: Taken): Promise<Admission> {
    const { spool, gateways, graceNanoUsd, clock } = this.parts;
    const ticket = ticketOf(request);
    if (spool.full) throw new TollgateError('overloaded', 'What calls use cannot be recorded right now.', RETRY_LATER);
    const terms = { processes: gateways(), graceNanoUsd };
    const admission = this.share.admit(ticket, terms, clock.now());
    if (admission.ok)
      return {
        ok: true,
        reservation: this.reservation(ticket, taken, admission.end),
        limits: admission.limits,
        softExceeded: [],
      };
    if (taken !== 'no') await this.giveBack(ticket);
    return admission;
  }

  private reservation(
    ticket: Ticket,
    taken: Taken,
    endShare: Extract<ShareAdmission, { ok: true }>['end'] | null,
  ): Reservation {
    let ended = false;
    return {
      ticket,
      settle: async (settlement) => {
        if (!ended) endShare?.(settlement.inputTokens + settlement.outputTokens, BigInt(settlement.event.costNanoUsd));
        ended = true;
        return this.tell({ kind: 'settle', ticket, settlement });
      },
      [Symbol.asyncDispose]: async () => {
        if (ended) return;
        ended = true;
        endShare?.(0, 0n);
        if (taken !== 'no') await this.giveBack(ticket);
      },
    };
  }

  /** Never rejects: at worst the sweeper books what was reserved. */
  private async giveBack(ticket: Ticket): Promise<void> {
    await this.tell({ kind: 'release', ticket }).catch(() => undefined);
  }

  private async tell(entry: SpoolEntry): Promise<SettlementOutcome> {
    if (!this.parts.presence.away) {
      try {
        return await this.deliver(entry);
      } catch (cause) {
        this.lost(cause);
      }
    }
    await this.parts.spool.append(entry);
    return 'booked';
  }

  private async deliver(entry: SpoolEntry): Promise<SettlementOutcome> {
    switch (entry.kind) {
      case 'settle':
        return this.quota.reopen(entry.ticket).settle(entry.settlement);
      case 'release':
        await this.quota.reopen(entry.ticket)[Symbol.asyncDispose]();
        return 'booked';
      case 'event':
        await appendEvent(this.parts.redis, entry.event);
        return 'booked';
    }
  }

  /** A mistake of ours is not an outage. */
  private lost(cause: unknown): void {
    if (cause instanceof RangeError) throw cause;
    this.parts.presence.lost(cause);
  }
}

const RETRY_LATER = { retryAfterMs: 5_000 };

/** Replies of a Redis that will take the same command later. */
const NOT_NOW = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|OOM|BUSY|NOREPLICAS|NOAUTH|WRONGPASS)\b/;

function rejectForGood(cause: unknown): never {
  const refused = cause instanceof Error && cause.name === 'ReplyError' && !NOT_NOW.test(cause.message);
  if (refused || cause instanceof RangeError) throw new Undeliverable(String(cause), { cause });
  throw cause;
}
