import { BREAKER_DEFAULTS, Breaker, type BreakerOptions, type BreakerState } from './breaker.js';
import { RetryBudget } from './retry-budget.js';

interface Health {
  readonly breaker: Breaker;
  readonly retries: RetryBudget;
  /** The provider asked to be left alone until then. */
  restUntilMs: number;
  /** Whether it asked because of its rate limit. */
  limited: boolean;
}

/** A breaker opened, or a provider asked for rest: what other gateways should know. */
export interface HealthChange {
  readonly modelId: string;
  readonly untilMs: number;
  readonly why: 'open' | Rest;
}

/** Why a model rests: its provider's rate limit is reached, or something else that time or an administrator must mend. */
export type Rest = 'limit' | 'rest';

/** Where a model stands. `resting`: its provider asked to be left alone. */
export interface ModelStanding {
  readonly state: BreakerState | 'resting';
  /** When it may be asked again, milliseconds since the epoch; null when it may now. */
  readonly untilMs: number | null;
}

/** What this gateway knows about the health of models. Decisions are local; knowledge comes from here and from other gateways. */
export class ModelHealth {
  private readonly models = new Map<string, Health>();

  constructor(
    private readonly onChange: (change: HealthChange) => void = () => {},
    private readonly options: BreakerOptions = BREAKER_DEFAULTS,
  ) {}

  /** Whether a call may try this model now. A true answer owes `succeeded`, `failed` or `abandoned`. */
  tryPass(modelId: string, nowMs: number): boolean {
    const health = this.of(modelId);
    if (health.restUntilMs > nowMs || !health.breaker.tryPass(nowMs)) return false;
    health.retries.called();
    return true;
  }

  /** When the model may be tried again: now, or the end of its rest or its breaker's time. Milliseconds since the epoch. */
  availableAtMs(modelId: string, nowMs: number): number {
    const { breaker, restUntilMs } = this.of(modelId);
    return Math.max(nowMs, restUntilMs, breaker.availableAtMs);
  }

  state(modelId: string, nowMs: number): BreakerState {
    return this.of(modelId).breaker.state(nowMs);
  }

  /** Null of a model that was never asked or heard of. */
  standing(modelId: string, nowMs: number): ModelStanding | null {
    const health = this.models.get(modelId);
    if (!health) return null;
    const state = health.breaker.state(nowMs);
    if (state === 'closed' && health.restUntilMs > nowMs) return { state: 'resting', untilMs: health.restUntilMs };
    return { state, untilMs: state === 'open' ? Math.max(health.restUntilMs, health.breaker.availableAtMs) : null };
  }

  tryRetry(modelId: string): boolean {
    return this.of(modelId).retries.tryRetry();
  }

  succeeded(modelId: string, nowMs: number): void {
    this.of(modelId).breaker.succeeded(nowMs);
  }

  abandoned(modelId: string): void {
    this.of(modelId).breaker.abandoned();
  }

  /** The model failed: it was away, broken or slow. */
  failed(modelId: string, nowMs: number): void {
    const { breaker } = this.of(modelId);
    if (breaker.failed(nowMs)) this.onChange({ modelId, untilMs: breaker.availableAtMs, why: 'open' });
  }

  /** The model answered that it must not be asked again for a while. */
  rest(modelId: string, untilMs: number, why: Rest): void {
    const health = this.of(modelId);
    health.breaker.abandoned();
    if (letRest(health, untilMs, why)) this.onChange({ modelId, untilMs, why });
  }

  /** Whether the model is left alone right now because its provider's rate limit is reached. */
  isLimited(modelId: string, nowMs: number): boolean {
    const { limited, restUntilMs } = this.of(modelId);
    return limited && restUntilMs > nowMs;
  }

  /** What another gateway has seen. */
  learn({ modelId, untilMs, why }: HealthChange): void {
    const health = this.of(modelId);
    if (why === 'open') health.breaker.openUntil(untilMs);
    else letRest(health, untilMs, why);
  }

  private of(modelId: string): Health {
    let health = this.models.get(modelId);
    if (!health) {
      health = { breaker: new Breaker(this.options), retries: new RetryBudget(), restUntilMs: 0, limited: false };
      this.models.set(modelId, health);
    }
    return health;
  }
}

/** Returns false when the model rests for longer already. */
function letRest(health: Health, untilMs: number, why: Rest): boolean {
  if (untilMs <= health.restUntilMs) return false;
  health.restUntilMs = untilMs;
  health.limited = why === 'limit';
  return true;
}
