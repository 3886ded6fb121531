import type { KeyObject } from 'node:crypto';
import { ExtractJwt, Strategy, type VerifiedCallback } from 'passport-jwt';
import { toTollgateError } from '#libs/core';
import { type AccessTokenClaims, readClaims } from './access-token.js';
import { TokenRefused, tokenError } from './token-error.js';
import { readKeyId } from './token-header.js';

/** PEM (SPKI), or opened. */
export type PublicKey = string | KeyObject;

export interface TokenStrategyOptions {
  /** Exact value of `iss`. */
  readonly issuer: string;
  /** One that `aud` must be or contain; several: any one of them will do. */
  readonly audience: string | readonly string[];
  /**
   * The issuer's public key with this id, undefined when it has none. A KeyObject that is kept makes a check three times
   * cheaper than PEM, which has to be parsed each time (80 µs against 240).
   */
  readonly keyFor: (kid: string) => PublicKey | undefined | Promise<PublicKey | undefined>;
  /** What the issuer may sign with. Ours uses ES256; RS256 is for external issuers. Never a symmetric one. */
  readonly algorithms?: readonly ('ES256' | 'RS256')[];
}

/** What is done with claims that hold; the last argument of a passport strategy. */
type OnClaims = (claims: AccessTokenClaims, done: VerifiedCallback) => void;

/**
 * The one definition of an acceptable access token (RFC 9068 §4), as a passport strategy: the admin app uses it through
 * Nest, the gateway through {@link createTokenVerifier}.
 */
export class AccessTokenStrategy extends Strategy {
  constructor(options: TokenStrategyOptions, onClaims: OnClaims = (claims, done) => done(null, claims)) {
    const algorithms = [...(options.algorithms ?? ['ES256' as const])];
    super(
      {
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKeyProvider: (_request, token: string, done) => {
          // jsonwebtoken takes a KeyObject as well; the types of passport-jwt do not know it.
          signingKey(token, algorithms, options.keyFor).then((key) => done(null, key as string), done);
        },
        issuer: options.issuer,
        audience: [options.audience].flat(),
        algorithms,
      },
      (payload: Record<string, unknown>, done) => {
        const read = readClaims(payload);
        if ('claims' in read) return onClaims(read.claims, done);
        done(null, false, new TokenRefused(`The access token's claim ${read.wrong} is missing or wrong.`));
      },
    );
  }
}

/**
 * The same strategy without a web framework. The returned function checks one token (~80 µs: remember the answer in a
 * TokenCache) and throws TollgateError invalid_token with a public reason, or what `keyFor` threw.
 */
export function createTokenVerifier(options: TokenStrategyOptions): (token: string) => Promise<AccessTokenClaims> {
  const strategy = new AccessTokenStrategy(options);
  return (token) =>
    new Promise((resolve, reject) => {
      // As passport does it: each run is an object that inherits the strategy and brings its own ways out.
      const run: AccessTokenStrategy = Object.create(strategy);
      run.success = (claims: AccessTokenClaims) => resolve(claims);
      run.fail = (reason: unknown) => reject(tokenError(reason));
      run.error = (cause: unknown) => reject(toTollgateError(cause));
      run.authenticate({ headers: { authorization: `Bearer ${token}` } } as Parameters<typeof run.authenticate>[0]);
    });
}

async function signingKey(
  token: string,
  algorithms: readonly string[],
  keyFor: TokenStrategyOptions['keyFor'],
): Promise<PublicKey> {
  const kid = readKeyId(token, algorithms);
  const key = await readKey(kid, keyFor);
  if (key === undefined) throw new TokenRefused('The access token is signed with a key that its issuer does not have.');
  return key;
}

/** Keys that cannot be read are our fault: the token must not be called invalid for it. */
async function readKey(kid: string, keyFor: TokenStrategyOptions['keyFor']): Promise<PublicKey | undefined> {
  try {
    return await keyFor(kid);
  } catch (cause) {
    throw toTollgateError(cause);
  }
}
