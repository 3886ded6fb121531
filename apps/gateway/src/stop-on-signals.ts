/** Begins an orderly end on SIGTERM and Ctrl-C, once, however often they come. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let begun = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (begun) return;
      begun = true;
      void stop();
    });
  }
}
