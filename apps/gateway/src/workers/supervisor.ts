import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '#libs/telemetry';
import { MergedCounts } from './merged-counts.js';
import type { FromWorker, ToWorker } from './messages.js';

/** Wait before a dead worker is replaced; doubles while the replacements die young. */
const BACKOFF_FIRST_MS = 250;
const BACKOFF_LAST_MS = 10_000;
/** A worker that lived so long was healthy. */
const HEALTHY_MS = 30_000;

/**
 * Room for young objects, in MB. A call's own live about as long as its provider takes to answer; where they outlive a small
 * nursery they are copied again and again: measured, a tenth of the CPU per call.
 */
const NURSERY = '--max-semi-space-size=64';

/** The workers of one gateway: processes that share its port, of which a dead one is replaced. */
export class Supervisor {
  private readonly counts = new MergedCounts();
  private readonly ready = new Set<number>();
  private stopping = false;
  private deathsInRow = 0;

  constructor(
    private readonly wanted: number,
    private readonly log: Logger,
  ) {
    cluster.setupPrimary({ execArgv: [...process.execArgv, NURSERY] });
  }

  /** Resolves with the port when all workers take calls. Rejects when one ends before: then nothing will do. */
  async start(): Promise<number> {
    const ports = await Promise.all(Array.from({ length: this.wanted }, () => this.spawn()));
    return ports[0] as number;
  }

  /** Asks every worker to finish what it has. Resolves when all are gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      living().map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.once('exit', () => resolve());
            worker.process.kill('SIGTERM');
          }),
      ),
    );
  }

  /** Lets go of the workers, who then end at once. */
  abandon(): void {
    this.stopping = true;
    for (const worker of living()) worker.process.disconnect();
  }

  /** Resolves with the worker's port when it takes calls; rejects when it ends before. */
  private spawn(): Promise<number> {
    const worker = cluster.fork();
    const since = performance.now();
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') resolve(message.port);
        this.hear(worker, message);
      });
      worker.once('exit', (code: number, signal: string | null) => {
        const wasReady = this.ready.delete(worker.id);
        this.counts.leave(worker.id);
        this.tellCensus();
        const how = signal ?? `exit code ${code}`;
        reject(new Error(`a gateway worker did not start: ${how}`));
        if (this.stopping) return;
        this.log.error({ worker: worker.process.pid, how }, 'a worker died');
        if (wasReady) void this.replace(performance.now() - since);
      });
    });
  }

  /** Until one takes calls, or there is no need any more. */
  private async replace(livedMs: number): Promise<void> {
    this.deathsInRow = livedMs > HEALTHY_MS ? 0 : this.deathsInRow + 1;
    for (;;) {
      await delay(Math.min(BACKOFF_FIRST_MS * 2 ** this.deathsInRow, BACKOFF_LAST_MS));
      if (this.stopping) return;
      try {
        await this.spawn();
        return;
      } catch {
        this.deathsInRow += 1;
      }
    }
  }

  private hear(worker: Worker, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.ready.add(worker.id);
        this.tellCensus();
        return;
      case 'counts':
        this.counts.take(worker.id, message.round, message.counts);
        return;
      case 'merge':
        void this.counts
          .collect([...this.ready], (id, round) => send(cluster.workers?.[id], { type: 'count', round }))
          .then((text) => send(worker, { type: 'merged', id: message.id, text }));
    }
  }

  private tellCensus(): void {
    const message: ToWorker = { type: 'workers', running: this.ready.size, wanted: this.wanted };
    for (const worker of living()) send(worker, message);
  }
}

const living = (): Worker[] => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);

/** A worker that has just died is not told. */
function send(worker: Worker | undefined, message: ToWorker): void {
  if (worker?.isConnected()) worker.send(message, () => undefined);
}
