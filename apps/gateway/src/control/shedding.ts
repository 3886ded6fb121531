import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

const SAMPLE_MS = 500;
const NANO_PER_MS = 1e6;

/**
 * Says when this process has more than it can do, so that it refuses new calls at once and keeps the latency of those it has
 * accepted. Two signs: too many calls under way, and an event loop that comes late.
 */
export class Shedding {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });
  private readonly timer: NodeJS.Timeout;
  private late = false;

  /** `callsMax`: calls under way at once. `lateMs`: how late the event loop may be on average over half a second. */
  constructor(
    private readonly callsMax: number,
    lateMs: number,
  ) {
    this.delay.enable();
    this.timer = setInterval(() => {
      this.late = this.delay.mean / NANO_PER_MS > lateMs;
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
