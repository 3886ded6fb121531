import type { Clock } from '#libs/core';

export interface TokenRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts a request for a token. Handed in by the app, whose client holds the rule about private networks; follows no redirect,
 * has a timeout of its own and a limit on what it reads.
 */
export type TokenFetch = (request: TokenRequest) => Promise<{ readonly status: number; readonly text: string }>;

export interface AccessToken {
  readonly token: string;
  readonly expiresInSec: number;
}

interface Kept {
  readonly token: string;
  /** Milliseconds since the epoch from when it is not used any more. */
  readonly staleAtMs: number;
}

/** A token is replaced this long before it expires, or at half its life if that is short: calls in flight still end with it. */
const MARGIN_MS = 60_000;
const TOKENS_MAX = 10_000;

/**
 * Access tokens of a process, each kept until shortly before it expires. However many calls need one at the same moment, it
 * is fetched once. A failure is not kept: whether to ask again is the breaker's business.
 */
export class AccessTokens {
  private readonly kept = new Map<string, Kept>();
  private readonly pending = new Map<string, Promise<string>>();

  constructor(
    readonly fetch: TokenFetch,
    private readonly clock: Clock,
  ) {}

  /**
   * The token known under `key`, at once where there is one, else what `request` fetches. Whoever knows the key gets the
   * token, so it must be derived from the whole secret.
   */
  get(key: string, request: () => Promise<AccessToken>): string | Promise<string> {
    const kept = this.kept.get(key);
    if (kept && this.clock.now() < kept.staleAtMs) return kept.token;
    let pending = this.pending.get(key);
    if (!pending) {
      pending = this.renew(key, request).finally(() => this.pending.delete(key));
      this.pending.set(key, pending);
    }
    return pending;
  }

  /** This token is not given out any more. One that has replaced it already stays. */
  forget(key: string, token: string | undefined): void {
    if (this.kept.get(key)?.token === token) this.kept.delete(key);
  }

  private async renew(key: string, request: () => Promise<AccessToken>): Promise<string> {
    const { token, expiresInSec } = await request();
    const lifeMs = expiresInSec * 1000;
    this.kept.delete(key);
    this.kept.set(key, { token, staleAtMs: this.clock.now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 2) });
    const oldest = this.kept.size > TOKENS_MAX ? this.kept.keys().next() : undefined;
    if (oldest?.done === false) this.kept.delete(oldest.value);
    return token;
  }
}
