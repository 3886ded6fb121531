import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error.js';

const POLL_MS = 30;

/** Calls `attempt` until it succeeds. Rejects with its last error after `timeoutMs`, or at once when aborted or on an EmbeddedError. */
export async function retryUntil(timeoutMs: number, signal: AbortSignal, attempt: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    try {
      return await attempt();
    } catch (cause) {
      if (waitedMs >= timeoutMs || cause instanceof EmbeddedError) throw cause;
    }
    await delay(POLL_MS, undefined, { signal });
  }
}
