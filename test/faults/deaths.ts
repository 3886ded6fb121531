import type { Random } from '../e2e/load.js';

export const MORTALS = ['gateway', 'worker', 'redis', 'postgres'] as const;
export type Mortal = (typeof MORTALS)[number];

/** One `kill -9`. */
export interface Death {
  readonly of: Mortal;
  /** Which of several, modulo their number. */
  readonly which: number;
  /** Due when this many calls have begun. */
  readonly afterCalls: number;
  /** How long a process of ours stays dead, milliseconds; servers come back by themselves. */
  readonly deadMs: number;
}

/** Everything that can die, so many times, at random moments between a twentieth and nine tenths of the run; in their order. */
export function planDeaths(random: Random, calls: number, times: number): readonly Death[] {
  return MORTALS.flatMap((of) =>
    Array.from({ length: times }, () => ({
      of,
      which: random.between(0, 99),
      afterCalls: random.between(Math.ceil(calls * 0.05), Math.floor(calls * 0.9)),
      deadMs: random.between(50, 2_000),
    })),
  ).sort((a, b) => a.afterCalls - b.afterCalls);
}
