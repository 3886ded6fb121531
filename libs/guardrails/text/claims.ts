/** Stretches of one text that have been given away, so that no two findings of a check overlap. */
export class Claims {
  private taken: Uint8Array | null = null;

  constructor(private readonly length: number) {}

  /** Whether the stretch was still free; it is taken now. */
  take(start: number, end: number): boolean {
    this.taken ??= new Uint8Array(this.length);
    if (this.taken.subarray(start, end).includes(1)) return false;
    this.taken.fill(1, start, end);
    return true;
  }
}
