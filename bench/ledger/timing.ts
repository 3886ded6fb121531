/** What a question took, milliseconds. */
export interface Timing {
  readonly p50: number;
  readonly p95: number;
}

/** Asks once unmeasured and then `times` times, one after the other. `ask` throws when the answer is not right. */
export async function timed(times: number, ask: () => Promise<unknown>): Promise<Timing> {
  await ask();
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const begin = performance.now();
    await ask();
    taken.push(performance.now() - begin);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
