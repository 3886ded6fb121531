const KEPT = 128;
const NEEDED = 20;

/** The 95th percentile of the last 128 observations. */
export class RecentPercentile {
  private readonly kept: number[] = [];
  private next = 0;
  private cached: number | null = null;

  add(value: number): void {
    this.kept[this.next] = value;
    this.next = (this.next + 1) % KEPT;
    this.cached = null;
  }

  /** Null before there are twenty observations: a few say nothing about what is unusual. */
  p95(): number | null {
    if (this.kept.length < NEEDED) return null;
    this.cached ??= this.kept.toSorted((a, b) => a - b)[Math.ceil(this.kept.length * 0.95) - 1] ?? null;
    return this.cached;
  }
}
