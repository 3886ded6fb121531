import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

const SAMPLE_MS = 500;
/** A loop that is late by this much on average cannot keep a first token in time: new calls are better off elsewhere. */
const LATE_MS = 400;
const NANO_PER_MS = 1e6;

/**
 * Says when this process has more than it can do, so that it refuses new calls at once and keeps the latency of those it has
 * accepted. Two signs: too many calls under way, and an event loop that comes late.
 */
export class Shedding {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });
  private readonly timer: NodeJS.Timeout;
  private late = false;

  /** `callsMax`: calls under way at once. */
  constructor(private readonly callsMax: number) {
    this.delay.enable();
    this.timer = setInterval(() => {
      this.late = this.delay.mean / NANO_PER_MS > LATE_MS;
      this.delay.reset();
    }, SAMPLE_MS);
    this.timer.unref();
  }

  /** Whether a new call should be refused, with `running` under way. */
  sheds(running: number): boolean {
    return this.late || running >= this.callsMax;
  }

  close(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }
}
