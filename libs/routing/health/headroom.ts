import { type Left, leftOver } from './rate-limit-headers.js';

/** Below this share of its limit a model is nearly exhausted. */
const SHARE_MIN = 0.05;

interface Known {
  requests: Left | null;
  tokens: Left | null;
}

/**
 * What providers say is left of their rate limits, by model (a model is called with one credential). Between two answers
 * it counts down by what is sent, so that a burst does not run into a limit that everyone believed to be far.
 */
export class Headroom {
  private readonly models = new Map<string, Known>();

  /** Takes what an answer's headers say. Names in lower case. */
  heard(modelId: string, headers: Readonly<Record<string, string | undefined>>, nowMs: number): void {
    const said = leftOver(headers, nowMs);
    if (said === null) return;
    const before = this.models.get(modelId);
    this.models.set(modelId, {
      requests: said.requests ?? before?.requests ?? null,
      tokens: said.tokens ?? before?.tokens ?? null,
    });
  }

  /** A call of about so many tokens goes out. */
  sent(modelId: string, tokens: number): void {
    const known = this.models.get(modelId);
    if (!known) return;
    known.requests = less(known.requests, 1);
    known.tokens = less(known.tokens, tokens);
  }

  /** Whether another call of about so many tokens would probably be refused, or leave next to nothing for others. */
  nearlyExhausted(modelId: string, tokens: number, nowMs: number): boolean {
    const known = this.models.get(modelId);
    return known !== undefined && (short(known.requests, 1, nowMs) || short(known.tokens, tokens, nowMs));
  }
}

const less = (left: Left | null, amount: number): Left | null =>
  left && { ...left, remaining: Math.max(0, left.remaining - amount) };

function short(left: Left | null, needed: number, nowMs: number): boolean {
  if (left === null || nowMs >= left.resetAtMs) return false;
  return left.remaining < needed || (left.limit !== null && left.remaining < left.limit * SHARE_MIN);
}
