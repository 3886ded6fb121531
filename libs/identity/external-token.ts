import { createPublicKey } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { TollgateError } from '#libs/core';
import type { IdentityIndex } from './identity-index.js';
import type { Principal } from './principal.js';
import { asAgent } from './resolve-principal.js';
import { TokenRefused, tokenError } from './token-error.js';
import { readKeyId } from './token-header.js';
import { type ExternalClaims, type ExternalKey, ruleFits, type TrustedIssuer } from './trusted-issuer.js';

/** Asymmetric only: with a symmetric one our own copy of the key could sign. */
const ALGORITHMS = ['RS256', 'ES256'];
/** Clocks of others differ from ours; RFC 7519 §4.1.4 allows "a few minutes". */
const CLOCK_TOLERANCE_SECONDS = 30;

/** A token of a trusted issuer whose signature, issuer and times were verified. Whose it is, is asked again at each call. */
export interface ExternalToken {
  readonly claims: ExternalClaims;
  /** Seconds since the epoch. */
  readonly exp: number;
  /** The public key that it was verified with: it counts as long as its issuer has this very key. */
  readonly key: string;
}

export interface ExternalVerification {
  readonly nowMs: number;
  /** The issuers have no key of this id, which may be new: somebody should look. Must not throw. */
  readonly onUnknownKey: (issuers: readonly TrustedIssuer[]) => void;
}

/** The issuer that a token names, read before anything is verified; undefined for what is no JWT. */
export function namedIssuer(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').toString());
    const { iss } = payload as { readonly iss?: unknown };
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Verifies a token of an issuer that somebody trusts. `issuers`: those of the name that the token has, one for each
 * organization that trusts it. Throws invalid_token with a public reason.
 */
export async function verifyExternalToken(
  token: string,
  issuers: readonly TrustedIssuer[],
  { nowMs, onUnknownKey }: ExternalVerification,
): Promise<ExternalToken> {
  try {
    const kid = readKeyId(token, ALGORITHMS, ANY_JWT);
    const keys = new Map(issuers.flatMap((issuer) => keysNamed(issuer, kid)));
    if (keys.size === 0) onUnknownKey(issuers);
    for (const [text, key] of keys) {
      const claims = await verifiedBy(key, token, issuers[0]?.issuer ?? '', nowMs);
      if (claims) return { claims, exp: Number(claims['exp']), key: text };
    }
    throw new TokenRefused('The token is signed with a key that its issuer does not have.');
  } catch (cause) {
    throw cause instanceof errors.JOSEError ? invalid(publicReason(cause), cause.message) : tokenError(cause);
  }
}

/**
 * The service that an external token stands for now. Throws invalid_token when no rule fits, when rules of several services
 * do, and when issuer, key, rule or service were withdrawn since the token was verified.
 */
export function resolveExternalToken(
  { claims, key }: ExternalToken,
  agent: string | null,
  index: IdentityIndex,
): Principal {
  const named = index.issuersNamed(String(claims['iss']));
  const principals = new Map<string, Principal>();
  for (const issuer of named.filter(({ keys }) => keys.some((each) => textOf(each) === key)))
    for (const rule of issuer.rules.filter((each) => ruleFits(each, claims))) {
      const principal = index.serviceOf(issuer, rule.service);
      if (principal) principals.set(principal.serviceId, principal);
    }
  const [principal] = principals.values();
  if (!principal) throw invalid('The token is of a trusted issuer, but stands for no service.');
  // Taking either would let one organization name another's tokens as its own.
  if (principals.size > 1) throw invalid('The token stands for several services: the rules of its issuer overlap.');
  return asAgent(principal, agent);
}

/** Any type but none of ours: a token of ours is never verified here, because its issuer is not among the trusted. */
const ANY_JWT = ['jwt', 'at+jwt', 'application/at+jwt'];

function keysNamed(issuer: TrustedIssuer, kid: string): [text: string, key: ExternalKey][] {
  return issuer.keys.filter((key) => key.kid === kid).map((key) => [textOf(key), key]);
}

/** Undefined when another key of the same id signed it. */
async function verifiedBy(
  key: ExternalKey,
  token: string,
  issuer: string,
  nowMs: number,
): Promise<ExternalClaims | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      createPublicKey({ key: { ...key } as Record<string, string>, format: 'jwk' }),
      {
        issuer,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'iat', 'aud', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      },
    );
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWSSignatureVerificationFailed) return undefined;
    throw cause;
  }
}

/** What makes a key this key and no other of the same name. */
function textOf({ kid, kty, n, e, crv, x, y }: ExternalKey): string {
  return JSON.stringify([kid, kty, n, e, crv, x, y]);
}

function publicReason(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's claim ${error.claim} is missing, wrong, or not yet valid.`;
  return 'The token is not valid.';
}

function invalid(message: string, detail?: string): TollgateError {
  return new TollgateError('invalid_token', message, detail === undefined ? {} : { detail });
}
