/**
 * Work done again and again, never twice at once. A beat that fails is reported, and the next one comes all the same; of
 * several failures in a row only the first is reported.
 */
export class Heartbeat {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #failing = false;

  constructor(
    private readonly beat: () => Promise<unknown>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** `intervalMs`: between the starts of two beats. */
  start(intervalMs: number): void {
    this.#timer = setInterval(() => this.now(), intervalMs);
    this.#timer.unref();
  }

  /** Beats at once; while a beat is under way, once more after it, so that the work is done on what is true now. */
  now(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.beat();
        this.#failing = false;
      } catch (error) {
        if (!this.#failing) this.onError(error);
        this.#failing = true;
      }
    } while (this.#again);
  }
}
