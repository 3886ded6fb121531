import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#libs/core';

const LOOK_EVERY_MS = 50;

/**
 * Looks until the worker has done it, at most `withinMs`; then answers what it has seen last, so that a long piece of work is
 * answered as unfinished rather than not at all.
 */
export async function settled<T>(
  look: () => Promise<T>,
  isDone: (seen: T) => boolean,
  withinMs: number,
  clock: Clock,
): Promise<T> {
  const deadline = clock.monotonic() + withinMs;
  let seen = await look();
  while (!isDone(seen) && clock.monotonic() < deadline) {
    await delay(LOOK_EVERY_MS);
    seen = await look();
  }
  return seen;
}
