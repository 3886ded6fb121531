/** Aborts an attempt whose first content does not come in time; once it has come, only the call's own signal counts. */
export class FirstTokenLimit implements Disposable {
  readonly signal: AbortSignal;
  expired = false;
  private readonly timer: NodeJS.Timeout;
  private readonly onCallAborted: () => void;

  constructor(
    private readonly call: AbortSignal,
    firstTokenMs: number,
  ) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.onCallAborted = () => controller.abort();
    if (call.aborted) controller.abort();
    call.addEventListener('abort', this.onCallAborted, { once: true });
    this.timer = setTimeout(() => {
      this.expired = true;
      controller.abort();
    }, firstTokenMs);
  }

  /** The first content has come, or there will be none: no more limit. The stream still ends with the call. */
  [Symbol.dispose](): void {
    clearTimeout(this.timer);
  }
}
