import type { CachedAnswer } from './answer.js';

/**
 * What one of many calls with the same question gets: the answer, or that of a question that says the same (`near`); the `lead`, it is to bring the answer and others may wait
 * for it; or nothing (`alone`), and it asks for itself.
 */
export type Turn<Body> =
  | { readonly kind: 'answer'; readonly answer: CachedAnswer<Body>; readonly near: boolean }
  | { readonly kind: 'lead' }
  | { readonly kind: 'alone' };

const ALONE = { kind: 'alone' } as const;
const LEAD = { kind: 'lead' } as const;

/** One failure may be chance; after a second one the question is not worth a queue, and each asks for itself. */
const LEADERS_MAX = 2;

/** One call's place in a flight. */
export class Seat<Body> {
  /** Never rejects. */
  readonly turn: Promise<Turn<Body>>;
  private resolve!: (turn: Turn<Body>) => void;
  private timer: NodeJS.Timeout | undefined;
  private waits: (() => void) | undefined;

  constructor(
    private readonly flight: Flight<Body>,
    private readonly waitMs: number,
  ) {
    this.turn = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Whether others wait for what this one brings. */
  get awaited(): boolean {
    return this.flight.leader === this && this.flight.waiting.size > 0;
  }

  /** From now on its patience runs. */
  startWaiting(): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => this.flight.leave(this), this.waitMs);
    this.waits?.();
  }

  /** Told when it begins to wait, at once if it does already. */
  onWait(tell: () => void): void {
    this.waits = tell;
    if (this.timer !== undefined) tell();
  }

  take(turn: Turn<Body>): void {
    clearTimeout(this.timer);
    this.resolve(turn);
  }

  /** The leader has an answer, complete and fit to be kept: all who wait have it. */
  land(answer: CachedAnswer<Body>): void {
    if (this.flight.leader === this) this.flight.land(answer);
  }

  /** The leader has found the answer of another question that says the same: those who wait have it, and it is not stored anew. */
  share(answer: CachedAnswer<Body>): void {
    if (this.flight.leader === this) this.flight.share(answer);
  }

  /** The leader has an answer that must not be kept: those who wait ask for themselves, all at once. */
  drop(): void {
    if (this.flight.leader === this) this.flight.disband();
  }

  /** Whatever became of the call: it waits no more, and if it led without bringing anything another takes over. */
  leave(): void {
    this.flight.leave(this);
  }
}

/**
 * The calls of one process that ask the same at the same time. It is in one of three states: asking the fleet (no leader, or
 * waiting for one elsewhere), led by one of its calls, or over. Memory: one seat per waiting call, and nothing when it is over.
 */
export class Flight<Body> {
  leader: Seat<Body> | null = null;
  /** In the order they came. */
  readonly waiting = new Set<Seat<Body>>();
  private patient = false;
  private leaders = 0;

  /** `landed` is told an answer to store; `over` that there is none, and whoever asks next begins anew. */
  constructor(
    private readonly landed: (answer: CachedAnswer<Body>) => void,
    private readonly over: () => void,
    /** Told when nobody waits any more while one of its calls leads. */
    private readonly deserted: (leader: Seat<Body>) => void,
  ) {}

  join(waitMs: number): Seat<Body> {
    const seat = new Seat(this, waitMs);
    this.waiting.add(seat);
    if (this.patient) seat.startWaiting();
    return seat;
  }

  /** The answer is not at hand: from now on those who wait do so for a bounded time. */
  wait(): void {
    this.patient = true;
    for (const seat of this.waiting) seat.startWaiting();
  }

  /** The first in line leads; false when nobody is there any more. */
  appoint(): boolean {
    const [next] = this.waiting;
    if (next === undefined) return false;
    this.wait();
    this.leaders += 1;
    this.leader = next;
    this.waiting.delete(next);
    next.take(LEAD);
    return true;
  }

  /** There is an answer, from the store or from another gateway. */
  answer(answer: CachedAnswer<Body>): void {
    this.release({ kind: 'answer', answer, near: false });
  }

  share(answer: CachedAnswer<Body>): void {
    this.leader = null;
    this.over();
    this.release({ kind: 'answer', answer, near: true });
  }

  land(answer: CachedAnswer<Body>): void {
    this.leader = null;
    this.landed(answer);
    this.release({ kind: 'answer', answer, near: false });
  }

  /** No answer to wait for: everybody asks for themselves. */
  disband(): void {
    this.leader = null;
    this.over();
    this.release(ALONE);
  }

  leave(seat: Seat<Body>): void {
    if (this.waiting.delete(seat)) {
      seat.take(ALONE);
      if (this.leader !== null && this.waiting.size === 0) this.deserted(this.leader);
    } else if (this.leader === seat) {
      this.leader = null;
      if (this.leaders >= LEADERS_MAX || !this.appoint()) this.disband();
    }
  }

  private release(turn: Turn<Body>): void {
    for (const seat of this.waiting) seat.take(turn);
    this.waiting.clear();
  }
}
