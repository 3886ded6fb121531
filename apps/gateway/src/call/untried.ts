import type { LiveModel } from '../live/live.js';
import type { CallDeps } from './call.types.js';

/** The candidates of a call that nobody has asked yet, in their order. Those known to fail are set aside on the way. */
export class Untried {
  /** Passed over, because they are left alone right now. */
  readonly setAside: LiveModel[] = [];
  private waiting: readonly LiveModel[];

  constructor(
    candidates: readonly LiveModel[],
    private readonly deps: Pick<CallDeps, 'health' | 'clock'>,
  ) {
    this.waiting = candidates;
  }

  get count(): number {
    return this.waiting.length;
  }

  /** The next one that may be asked now; it then owes an outcome to its health. Undefined when there is none. */
  next(): LiveModel | undefined {
    for (let first = this.waiting[0]; first; first = this.waiting[0]) {
      this.waiting = this.waiting.slice(1);
      if (this.deps.health.tryPass(first.model.id, this.deps.clock.now())) return first;
      this.setAside.push(first);
    }
    return undefined;
  }

  /** The input was too long for a model: those known to take no more than it does are not worth a try. */
  keepLongerThan({ model }: LiveModel): void {
    const { contextTokens: tooShort } = model.limits;
    if (tooShort === undefined) return;
    this.waiting = this.waiting.filter(({ model: { limits } }) => (limits.contextTokens ?? tooShort + 1) > tooShort);
  }
}
