export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Opens after so many failures in a row. */
  readonly consecutiveFailures: number;
  /** Or when this share of the window's outcomes failed, 0–1 … */
  readonly errorRate: number;
  /** … and there were at least so many. */
  readonly outcomesMin: number;
  readonly windowMs: number;
  /** How long it stays open before one probe is let through; doubles with each failed probe, up to `openMsMax`. */
  readonly openMs: number;
  readonly openMsMax: number;
}

export const BREAKER_DEFAULTS: BreakerOptions = {
  consecutiveFailures: 5,
  errorRate: 0.5,
  outcomesMin: 20,
  windowMs: 10_000,
  openMs: 2_000,
  openMsMax: 60_000,
};

const SLICES = 10;

/**
 * Keeps calls away from a model that fails. Closed: calls pass and outcomes are counted. Open: none pass. Half-open, after a
 * while: a single probe passes, and its outcome closes or opens again. Time is handed in, in milliseconds.
 *
 * Own code, because the libraries for it make every other caller wait for the probe, where ours must go on to the next
 * candidate at once.
 */
export class Breaker {
  private consecutive = 0;
  private readonly successes = new Array<number>(SLICES).fill(0);
  private readonly failures = new Array<number>(SLICES).fill(0);
  private slice = 0;
  private lastNumber = 0;
  private openedUntilMs = 0;
  private openForMs: number;
  private isOpen = false;
  private probing = false;

  constructor(private readonly options: BreakerOptions = BREAKER_DEFAULTS) {
    this.openForMs = options.openMs;
  }

  state(nowMs: number): BreakerState {
    if (!this.isOpen) return 'closed';
    return nowMs < this.openedUntilMs ? 'open' : 'half-open';
  }

  /** When the next call may pass, milliseconds; 0 while closed. */
  get availableAtMs(): number {
    return this.isOpen ? this.openedUntilMs : 0;
  }

  /** Whether a call may pass now. In the half-open state the first to ask is the probe, and owes an outcome. */
  tryPass(nowMs: number): boolean {
    const state = this.state(nowMs);
    if (state === 'half-open' && !this.probing) {
      this.probing = true;
      return true;
    }
    return state === 'closed';
  }

  succeeded(nowMs: number): void {
    this.probing = false;
    this.consecutive = 0;
    if (this.isOpen) this.close();
    this.successes[this.current(nowMs)] = (this.successes[this.slice] as number) + 1;
  }

  /** Returns true when this failure opened the breaker. */
  failed(nowMs: number): boolean {
    const wasProbe = this.probing;
    this.probing = false;
    this.consecutive += 1;
    this.failures[this.current(nowMs)] = (this.failures[this.slice] as number) + 1;
    if (this.isOpen && !wasProbe) return false;
    if (!wasProbe && !this.tooMany()) return false;
    if (wasProbe) this.openForMs = Math.min(this.openForMs * 2, this.options.openMsMax);
    this.openUntil(nowMs + this.openForMs);
    return true;
  }

  /** A call that passed ended without telling anything about the model (the client left, its request was wrong). */
  abandoned(): void {
    this.probing = false;
  }

  /** Opens until then, for what other gateways have seen. */
  openUntil(untilMs: number): void {
    this.isOpen = true;
    this.openedUntilMs = Math.max(this.openedUntilMs, untilMs);
  }

  private close(): void {
    this.isOpen = false;
    this.openForMs = this.options.openMs;
    this.successes.fill(0);
    this.failures.fill(0);
  }

  private tooMany(): boolean {
    if (this.consecutive >= this.options.consecutiveFailures) return true;
    const failures = sum(this.failures);
    const outcomes = failures + sum(this.successes);
    return outcomes >= this.options.outcomesMin && failures / outcomes >= this.options.errorRate;
  }

  /** The slice that `nowMs` falls into; what has fallen out of the window is forgotten on the way. */
  private current(nowMs: number): number {
    const number = Math.floor(nowMs / (this.options.windowMs / SLICES));
    for (let passed = Math.max(this.lastNumber + 1, number - SLICES + 1); passed <= number; passed++) {
      this.successes[passed % SLICES] = 0;
      this.failures[passed % SLICES] = 0;
    }
    this.lastNumber = Math.max(this.lastNumber, number);
    this.slice = number % SLICES;
    return this.slice;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
