/** Work that nobody waits for, bounded in how much of it there is at once. */
export class Aside {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly atOnceMax: number) {}

  /** Begins the work, unless there is too much already: then it is left undone. The work must not reject. */
  begin(work: () => Promise<void>): void {
    if (this.running.size >= this.atOnceMax) return;
    const running = work();
    this.running.add(running);
    void running.finally(() => this.running.delete(running));
  }

  /** Resolves when what is under way now is done. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }
}
