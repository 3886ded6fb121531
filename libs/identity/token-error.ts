import { TollgateError, toTollgateError } from '#libs/core';
import { DPOP_ALGORITHMS } from './dpop.js';

/** A fault found by us, not by the JWT library: its message is fit for the public. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** What passport-jwt says when a request carries no bearer token at all. */
const NO_TOKEN = 'No auth token';

/**
 * Why passport's strategy failed, as the one error that leaves this library: invalid_token with a public reason that helps
 * an honest client and tells a dishonest one nothing it cannot see in the token itself.
 */
export function tokenError(reason: unknown): TollgateError {
  if (reason instanceof TollgateError || !(reason instanceof Error)) return toTollgateError(reason);
  return new TollgateError('invalid_token', publicReason(reason), { detail: reason.message });
}

/** The JWT library tells its errors apart by name, and the audience from the issuer only by text. */
function publicReason({ name, message }: Error): string {
  if (name === 'TokenRefused') return message;
  if (name === 'TokenExpiredError') return 'The access token has expired.';
  if (name === 'NotBeforeError') return 'The access token is not valid yet.';
  if (message.startsWith('jwt audience invalid')) return 'The access token is for another audience.';
  if (message.startsWith('jwt issuer invalid')) return 'The access token is from another issuer.';
  if (message === NO_TOKEN) return 'An access token is required.';
  return 'The access token is not valid.';
}

/**
 * The `www-authenticate` header of a 401 (RFC 6750 §3). A request without any token learns only that it needs one: §3.1
 * reserves the error code for tokens that were looked at.
 */
export function bearerChallenge(error: TollgateError): string {
  if (error.detail === NO_TOKEN) return 'Bearer realm="tollgate"';
  // §3: printable ASCII without quote and backslash.
  const description = error.message.replace(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, "'");
  // RFC 9449 §7.1: it says that a proof is wanted, and how it may be signed.
  if (error.param === 'DPoP')
    return `DPoP realm="tollgate", error="invalid_dpop_proof", error_description="${description}", algs="${DPOP_ALGORITHMS.join(' ')}"`;
  return `Bearer realm="tollgate", error="invalid_token", error_description="${description}"`;
}

/** The refusal of a request that carries no credential at all; see {@link bearerChallenge}. */
export function noToken(): TollgateError {
  return tokenError(new Error(NO_TOKEN));
}
