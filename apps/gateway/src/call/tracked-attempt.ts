import { NO_TOKENS } from '#libs/core';
import type { LiveModel } from '../live/live.js';
import { type AttemptFailed, failedBy } from './attempt-failed.js';
import type { CallDeps } from './call.types.js';
import type { Deadline } from './deadline.js';
import type { Exchange } from './exchange.js';
import { noteFailure } from './model-outcome.js';
import type { CallRecord } from './record.js';
import type { Sending } from './send.js';

/** Asks one model; rejects with whatever stood in the way. `signal` ends the attempt, `onSent` hears that it has gone out. */
export type AttemptAt<A> = (live: LiveModel, hold: Required<Pick<Sending, 'signal' | 'onSent'>>) => Promise<A>;

/** What every attempt of a call has in common. */
export interface Trying<A> {
  readonly attemptAt: AttemptAt<A>;
  readonly exchange: Exchange;
  readonly deadline: Deadline;
  readonly record: CallRecord;
  readonly deps: CallDeps;
}

/** One attempt under way, with its place in the record, in the metrics and in what is known of the model's health. */
export class TrackedAttempt<A> {
  /** Never rejects. A failure is in the record by then; an answer is when it is accepted. */
  readonly outcome: Promise<A | AttemptFailed>;
  private readonly controller: AbortController | null;
  private readonly startedMs: number;
  private readonly afterMs: number;
  private over = false;
  private sent = false;

  /**
   * Begins. The caller has asked the model's health whether it may. `rivals`: whether another attempt may win, so that this
   * one must be able to end by itself; most end with their call, and a signal of one's own is dear.
   */
  constructor(
    readonly live: LiveModel,
    private readonly trying: Trying<A>,
    rivals: 'rivals' | 'no-rivals' = 'no-rivals',
  ) {
    const { deadline, deps, record } = trying;
    this.controller = rivals === 'rivals' ? new AbortController() : null;
    this.startedMs = deps.clock.monotonic();
    this.afterMs = record.elapsedMs();
    deps.headroom.sent(live.model.id, record.inputTokens);
    this.outcome = this.run(
      this.controller ? AbortSignal.any([deadline.signal, this.controller.signal]) : deadline.signal,
    );
  }

  /** Its answer is the call's. */
  accept(): void {
    this.over = true;
    const { record, deps } = this.trying;
    const { id } = this.live.model;
    const ms = this.ms();
    this.note('ok', ms);
    record.model = this.live;
    record.firstToken();
    deps.metrics.firstToken(id, ms, record.streamed);
    deps.health.succeeded(id, deps.clock.now());
  }

  /** Another attempt has won: this one ends, and what it has surely used is booked: its input. */
  cancel(): void {
    if (this.over) return;
    this.over = true;
    const { deps } = this.trying;
    this.note('hedged', this.ms());
    this.bookInput();
    deps.health.abandoned(this.live.model.id);
    this.controller?.abort();
  }

  private async run(signal: AbortSignal): Promise<A | AttemptFailed> {
    const done = this.trying.deps.metrics.begin(this.live.model.id);
    try {
      const onSent = (): void => {
        this.sent = true;
      };
      return await this.trying.attemptAt(this.live, { signal, onSent });
    } catch (cause) {
      const failed = failedBy(cause);
      if (!this.over) this.fail(failed);
      return failed;
    } finally {
      done();
    }
  }

  private fail(failed: AttemptFailed): void {
    this.over = true;
    const { exchange, deadline, deps, record } = this.trying;
    const { id, slug } = this.live.model;
    const { kind, status, message } = failed.upstream;
    const left = exchange.signal.aborted;
    if (left || deadline.expired) {
      this.note(left ? 'client-closed' : 'timeout', this.ms());
      this.bookInput();
      // Neither a client that leaves nor one that grants little time says anything about the model.
      if (left || deadline.isClients) deps.health.abandoned(id);
      else deps.health.failed(id, deps.clock.now());
      return;
    }
    this.note(kind, this.ms(), status);
    noteFailure(id, failed, deps);
    deps.log.info(
      { callId: record.callId, model: slug, kind, status, detail: message.slice(0, 200) },
      'attempt failed',
    );
  }

  /** It was broken off while the provider was at work on it: what that has surely used is the input. */
  private bookInput(): void {
    const { record } = this.trying;
    if (this.sent) record.alsoUsed.push({ live: this.live, tokens: { ...NO_TOKENS, input: record.inputTokens } });
  }

  private note(outcome: string, ms: number, status: number | null = null): void {
    this.trying.record.attempts.push({
      model: this.live.model.slug,
      outcome,
      startMs: this.afterMs,
      ms,
      ...(status !== null && { status }),
    });
  }

  private ms(): number {
    return Math.round(this.trying.deps.clock.monotonic() - this.startedMs);
  }
}
