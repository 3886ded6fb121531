import type { TokenFetch } from '#libs/providers';
import type { Upstream } from '../call/upstream.js';

const TIMEOUT_MS = 10_000;
const CONNECT_MS = 5_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/** Asks token endpoints through the client that asks providers, so that the same addresses are out of bounds. */
export function tokenFetchThrough(upstream: Upstream): TokenFetch {
  return async ({ url, headers, body }) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await upstream.send({ url, headers, body, signal, connectMs: CONNECT_MS, silenceMs: TIMEOUT_MS });
    return { status: response.status, text: await response.text(ANSWER_BYTES_MAX) };
  };
}
