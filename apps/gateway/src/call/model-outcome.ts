import type { AttemptFailed } from './attempt-failed.js';
import type { CallDeps } from './call.types.js';

/** How long a model rests when its provider gives no time: after a rate limit, and after a refusal that only an admin can mend. */
const REST_RATE_LIMIT_MS = 1_000;
const REST_REFUSED_MS = 30_000;

/** What a failed attempt says about the model's health. */
export function noteFailure(modelId: string, { upstream }: AttemptFailed, { health, clock }: CallDeps): void {
  const nowMs = clock.now();
  switch (upstream.kind) {
    case 'server':
    case 'timeout':
    case 'overloaded':
      health.failed(modelId, nowMs);
      if (upstream.retryAfterMs !== undefined) health.rest(modelId, nowMs + upstream.retryAfterMs, 'rest');
      return;
    case 'rate-limit':
      health.rest(modelId, nowMs + (upstream.retryAfterMs ?? REST_RATE_LIMIT_MS), 'limit');
      return;
    case 'quota':
    case 'authentication':
    case 'permission':
    case 'not-found':
      health.rest(modelId, nowMs + REST_REFUSED_MS, 'rest');
      return;
    default:
      // The request was at fault: the model did its work.
      health.succeeded(modelId, nowMs);
  }
}
