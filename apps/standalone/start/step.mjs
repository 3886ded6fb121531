const QUIET_MS = 1000;

/**
 * Runs a step and says so when it takes longer than a second: a line when it has become long, another when it is done.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
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

/**
 * One line for the person at the terminal.
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
