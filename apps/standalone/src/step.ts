const QUIET_MS = 1000;

/** Runs a step of the start and says so when it takes longer than a second. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const announcement = setTimeout(() => say(`${title} …`), QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(announcement);
    const tookMs = performance.now() - started;
    if (tookMs > QUIET_MS) say(`${title}: ${(tookMs / 1000).toFixed(1)} s`);
  }
}

/** One line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
