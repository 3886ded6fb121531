import type { UpstreamErrorKind } from '#libs/dialects';
import type { AttemptFailed } from './attempt-failed.js';

/** Full jitter over an exponential: the wait before retry n (0, 1, …) is uniform in 0 … min(cap, first × 2ⁿ). */
const BACKOFF_FIRST_MS = 100;
const BACKOFF_CAP_MS = 2_000;
/** Added to a provider's `retry-after`, so that not everyone who was told the same comes back at once, and nobody early. */
const LATER_MS_MIN = 1;
const LATER_MS_MAX = 100;
/** A provider's `retry-after` up to this is waited for, when there is somebody else to ask and when there is nobody. */
const SHORT_WITH_OTHERS_MS = 1_000;
const SHORT_ALONE_MS = 10_000;

const RETRYABLE: ReadonlySet<UpstreamErrorKind> = new Set<UpstreamErrorKind>(['server', 'overloaded', 'rate-limit']);

/** Milliseconds to wait before the same model is asked again, or null when it should not be. `others`: candidates not yet tried. */
export function retryAfterMs(
  failed: AttemptFailed,
  retry: number,
  others: number,
  random: () => number,
): number | null {
  const { kind, retryAfterMs: asked, code } = failed.upstream;
  if (!RETRYABLE.has(kind) || code === 'forbidden_address') return null;
  // With somebody else to ask, one more try is enough to tell a hiccup from an outage.
  if (others > 0 && retry > 0) return null;
  if (asked !== undefined) {
    const short = asked <= (others > 0 ? SHORT_WITH_OTHERS_MS : SHORT_ALONE_MS);
    return short ? asked + LATER_MS_MIN + random() * (LATER_MS_MAX - LATER_MS_MIN) : null;
  }
  // Nobody said when a rate limit ends: another candidate is the better guess.
  if (kind === 'rate-limit' && others > 0) return null;
  return random() * Math.min(BACKOFF_CAP_MS, BACKOFF_FIRST_MS * 2 ** retry);
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
