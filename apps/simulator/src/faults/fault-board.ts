import { type Fault, NO_FAULT, parseFault } from './fault.js';

/** A fault put up through the control API: strikes calls of a provider and model (all when left out). */
export interface Posting {
  readonly provider?: string;
  readonly model?: string;
  readonly fault: Fault;
  /** Strikes at most this many calls. */
  readonly times?: number;
  /** Share of matching calls that are struck, 0 to 1; 1 when left out. */
  readonly probability?: number;
  /** Makes the choice by probability repeatable. */
  readonly seed?: number;
}

interface Posted extends Posting {
  readonly id: string;
  readonly draw: () => number;
  struck: number;
}

/** Which fault strikes the next call. */
export class FaultBoard {
  private readonly posted = new Map<string, Posted>();
  private readonly struckBySuffix = new Map<string, number>();
  private nextId = 1;

  post(posting: Posting): string {
    const id = `fault-${this.nextId++}`;
    this.posted.set(id, { ...posting, id, draw: generator(posting.seed ?? this.nextId), struck: 0 });
    return id;
  }

  remove(id: string): boolean {
    return this.posted.delete(id);
  }

  /** Takes down every fault and forgets how often suffixes struck. */
  clear(): void {
    this.posted.clear();
    this.struckBySuffix.clear();
  }

  list(): readonly (Posting & { readonly id: string; readonly struck: number })[] {
    return [...this.posted.values()].map(({ draw: _, ...posting }) => posting);
  }

  /**
   * The fault for one call, counted as having struck. The model's suffix wins field by field over posted faults, later
   * postings over earlier ones. Throws FaultError on a suffix that cannot be read.
   */
  strike(provider: string, model: string, suffix: string): Fault {
    if (suffix === '' && this.posted.size === 0) return NO_FAULT;
    let fault = NO_FAULT;
    for (const posted of this.posted.values()) {
      if (strikes(posted, provider, model)) fault = { ...fault, ...posted.fault };
    }
    return suffix === '' ? fault : { ...fault, ...this.strikeBySuffix(`${provider}/${model}~${suffix}`, suffix) };
  }

  private strikeBySuffix(key: string, suffix: string): Fault {
    const fault = parseFault(suffix);
    if (fault.times === undefined) return fault;
    const struck = this.struckBySuffix.get(key) ?? 0;
    if (struck >= fault.times) return NO_FAULT;
    this.struckBySuffix.set(key, struck + 1);
    return fault;
  }
}

function strikes(posted: Posted, provider: string, model: string): boolean {
  if (posted.provider !== undefined && posted.provider !== provider) return false;
  if (posted.model !== undefined && posted.model !== model) return false;
  if (posted.struck >= (posted.times ?? posted.fault.times ?? Number.POSITIVE_INFINITY)) return false;
  if (posted.probability !== undefined && posted.draw() >= posted.probability) return false;
  posted.struck += 1;
  return true;
}

/** Numbers from 0 to 1 that repeat for the same seed (the mulberry32 generator). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
