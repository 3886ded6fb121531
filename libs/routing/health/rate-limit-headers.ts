/** What a provider says is left of one of its limits. */
export interface Left {
  readonly remaining: number;
  /** Null when it does not say of how many. */
  readonly limit: number | null;
  /** When it is full again, milliseconds since the epoch. */
  readonly resetAtMs: number;
}

export interface LeftOver {
  readonly requests: Left | null;
  readonly tokens: Left | null;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** How long to believe a provider that does not say when its limit is full again. */
const BELIEVED_MS = 10_000;

/**
 * Reads OpenAI's `x-ratelimit-*` (also sent by Azure, Groq and others) and Anthropic's `anthropic-ratelimit-*`. Header names
 * in lower case; null when there are none. Of several token limits the one with the least left counts.
 * https://platform.openai.com/docs/guides/rate-limits, https://docs.anthropic.com/en/api/rate-limits
 */
export function leftOver(headers: Headers, nowMs: number): LeftOver | null {
  if (!saysAnything(headers)) return null;
  const openai = (kind: string): Left | null =>
    left(
      headers[`x-ratelimit-remaining-${kind}`],
      headers[`x-ratelimit-limit-${kind}`],
      headers[`x-ratelimit-reset-${kind}`],
      nowMs,
    );
  const anthropic = (kind: string): Left | null =>
    left(
      headers[`anthropic-ratelimit-${kind}-remaining`],
      headers[`anthropic-ratelimit-${kind}-limit`],
      headers[`anthropic-ratelimit-${kind}-reset`],
      nowMs,
    );
  const requests = openai('requests') ?? anthropic('requests');
  const tokens = openai('tokens') ?? least(['tokens', 'input-tokens', 'output-tokens'].map(anthropic));
  return requests === null && tokens === null ? null : { requests, tokens };
}

function saysAnything(headers: Headers): boolean {
  for (const name in headers) if (name.includes('ratelimit-')) return true;
  return false;
}

function left(
  remaining: string | undefined,
  limit: string | undefined,
  reset: string | undefined,
  nowMs: number,
): Left | null {
  const amount = countOf(remaining);
  if (amount === null) return null;
  return { remaining: amount, limit: countOf(limit), resetAtMs: resetAtMs(reset, nowMs) ?? nowMs + BELIEVED_MS };
}

function countOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,15}$/.test(text.trim())) return null;
  return Number(text);
}

function least(lefts: readonly (Left | null)[]): Left | null {
  return lefts.reduce((a, b) => (a === null || (b !== null && b.remaining < a.remaining) ? b : a), null);
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** OpenAI writes durations (`6m0s`, `17ms`), Anthropic RFC 3339 dates, others seconds. */
function resetAtMs(text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return nowMs + Number(text) * 1_000;
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g);
    return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit as string] ?? 0), nowMs);
  }
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}
