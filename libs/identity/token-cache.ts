import { hash } from 'node:crypto';
import type { AccessTokenClaims } from './access-token.js';
import type { ExternalToken } from './external-token.js';

/** A token that was verified: one of ours, or of an issuer that somebody trusts. */
export type VerifiedToken = AccessTokenClaims | ExternalToken;

/**
 * Remembers verified tokens until they expire, so that a signature is checked once and not at every call. Bounded: beyond
 * `capacity` the token unused for longest makes room. Holds hashes, so that a memory dump shows no usable token.
 *
 * It knows nothing of revocation: resolve what it returns against the newest snapshot at every call, and `clear` it when
 * the issuer's keys change, as what a withdrawn key has signed must not live on here.
 */
export class TokenCache {
  readonly #claims = new Map<string, VerifiedToken>();

  constructor(private readonly capacity = 10_000) {}

  get size(): number {
    return this.#claims.size;
  }

  /** The claims of a token remembered earlier and not expired at `nowMs`. */
  get(token: string, nowMs: number): VerifiedToken | undefined {
    const key = fingerprint(token);
    const claims = this.#claims.get(key);
    if (!claims) return undefined;
    // A Map iterates in order of insertion: putting it back makes it the youngest.
    this.#claims.delete(key);
    if (claims.exp * 1000 <= nowMs) return undefined;
    this.#claims.set(key, claims);
    return claims;
  }

  /** Forgets everything: each token is verified again at its next use. */
  clear(): void {
    this.#claims.clear();
  }

  /** Remembers a token that was just verified. */
  set(token: string, claims: VerifiedToken): void {
    this.#claims.set(fingerprint(token), claims);
    if (this.#claims.size <= this.capacity) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#claims.delete(oldest);
  }
}

function fingerprint(token: string): string {
  return hash('sha256', token, 'base64url');
}
