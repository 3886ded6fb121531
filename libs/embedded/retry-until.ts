import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 30;

/** Calls `attempt` until it succeeds. Rejects with its last error after `timeoutMs`, or at once when aborted. */
export async function retryUntil(timeoutMs: number, signal: AbortSignal, attempt: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    try {
      return await attempt();
    } catch (cause) {
      if (waitedMs >= timeoutMs) throw cause;
    }
    await delay(POLL_MS, undefined, { signal });
  }
}
