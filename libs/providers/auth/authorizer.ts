import type { Clock } from '#libs/core';
import type { Settings } from '../provider.js';
import type { AccessTokens } from './access-tokens.js';

/** A request as it will be sent, as far as a signature covers it. */
export interface UnsignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Sent as they are; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export type AuthHeaders = Readonly<Record<string, string>>;

/** Puts one provider credential on requests: the only place where a secret meets one. */
export interface Authorizer {
  /**
   * The headers that carry the credential. A promise only where they must be made or fetched: a key is just there.
   * Rejects with AuthorizationFailed when they cannot be had.
   */
  authorize(request: UnsignedRequest): AuthHeaders | Promise<AuthHeaders>;
  /** The provider refused these headers. True where others can be had, so that the request is worth another try. */
  renew(refused: AuthHeaders): boolean;
}

/** What authorizers need of the process that they work in. */
export interface AuthDeps {
  readonly clock: Clock;
  readonly tokens: AccessTokens;
}

/** A secret that was read: what is not secret in it, and what the rest does. */
export interface OpenSecret {
  readonly settings: Partial<Settings>;
  authorizer(settings: Settings, deps: AuthDeps): Authorizer;
}

/** A secret is not what its provider needs. The message says what is wrong, and shows nothing of it. */
export class SecretFlaw extends Error {
  override readonly name = 'SecretFlaw';
}
