import { TollgateError, toTollgateError } from '#libs/core';

/** A fault found by us, not by the JWT library: its message is fit for the public. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

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
  if (message === 'No auth token') return 'An access token is required.';
  return 'The access token is not valid.';
}
