import { mergeCounts } from '#libs/telemetry';
import type { Counts } from './messages.js';

/** How long a worker may take to say what it has counted: one that is busy is left out rather than waited for. */
const PATIENCE_MS = 2_000;

interface Round {
  readonly awaited: Set<number>;
  readonly done: () => void;
}

/**
 * The counts of all workers as one. What a dead worker had counted when it was last asked stays in the sum: a sum that falls
 * is read as a restart of the whole gateway, and everything in it counted again.
 */
export class MergedCounts {
  private readonly latest = new Map<number, Counts>();
  private readonly departed: Counts[] = [];
  private readonly rounds = new Map<number, Round>();
  private lastRound = 0;

  /** Asks the workers of these ids; `ask` sends one the number of the round. Resolves with Prometheus's text. */
  async collect(workers: readonly number[], ask: (worker: number, round: number) => void): Promise<string> {
    const round = ++this.lastRound;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.rounds.set(round, { awaited: new Set(workers), done });
      for (const worker of workers) ask(worker, round);
      if (workers.length === 0) done();
    });
    this.rounds.delete(round);
    return mergeCounts([...this.departed, ...this.latest.values()]);
  }

  /** A worker has answered. */
  take(worker: number, round: number, counts: Counts): void {
    this.latest.set(worker, counts);
    this.settle(worker, round);
  }

  /** A worker is gone: its gauges with it, its counters not. */
  leave(worker: number): void {
    const counts = this.latest.get(worker);
    this.latest.delete(worker);
    if (counts) this.departed.push(counts.filter(({ name, type }) => isLasting(name, String(type))));
    for (const round of this.rounds.keys()) this.settle(worker, round);
  }

  private settle(worker: number, number: number): void {
    const round = this.rounds.get(number);
    if (round?.awaited.delete(worker) && round.awaited.size === 0) round.done();
  }
}

/** What only ever grows. Node's own metrics speak of a process that is no more. */
const isLasting = (name: string, type: string): boolean =>
  name.startsWith('tollgate_') && (type === 'counter' || type === 'histogram');
