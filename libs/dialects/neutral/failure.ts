import type { UpstreamError, UpstreamErrorKind } from './upstream-error.js';

const KINDS: Readonly<Record<number, UpstreamErrorKind>> = {
  401: 'authentication',
  402: 'quota',
  403: 'permission',
  404: 'not-found',
  408: 'timeout',
  429: 'rate-limit',
  503: 'overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** The class that an HTTP status alone suggests. 524 is Cloudflare's timeout, 529 Anthropic's overload. */
export function kindOfStatus(status: number): UpstreamErrorKind {
  return KINDS[status] ?? (status >= 400 && status < 500 ? 'invalid-request' : 'server');
}

/**
 * Milliseconds to wait by `retry-after-ms` or `retry-after` (RFC 9110 §10.2.3: seconds or a date; fractions are accepted).
 * Header names in lower case. Undefined where there is none or it cannot be read.
 */
export function retryAfterMs(headers: Readonly<Record<string, string | undefined>>, nowMs: number): number | undefined {
  const ms = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (ms >= 0) return Math.ceil(ms);
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Math.ceil(Number.parseFloat(value) * 1000);
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** An event whose JSON breaks off: the stream was cut inside, and what it said is lost. */
export const brokenEvent = (data: string): UpstreamError => ({
  kind: 'server',
  message: `The stream broke inside an event of ${data.length} characters.`,
  status: null,
});
