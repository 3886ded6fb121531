import { say } from '../start/step.mjs';
import { watchLauncher } from './launcher.js';

/** Somebody asked us to stop: no failure. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';
}

export interface StopRequest {
  /** Settles as `work` does, or rejects with StopRequested as soon as somebody asks us to stop. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** npm passes Ctrl-C on although the terminal has sent it already: the same wish, not impatience. */
const ECHO_MS = 1000;

/**
 * Listens for Ctrl-C, SIGTERM, a closed terminal and the death of the npm that started us. Asked again later than a
 * second, we leave at once: apps and servers notice and end by themselves.
 */
export function listenForStop(): StopRequest {
  let askedAt: number | null = null;
  let reject: (cause: StopRequested) => void = () => {};
  const requested = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  requested.catch(() => {});

  const ask = (): void => {
    if (askedAt !== null && performance.now() - askedAt > ECHO_MS) process.exit(1);
    if (askedAt !== null) return;
    askedAt = performance.now();
    say('Stopping; Ctrl-C again leaves at once.');
    reject(new StopRequested());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  watchLauncher(ask);
  return { during: (work) => Promise.race([work, requested]) };
}
