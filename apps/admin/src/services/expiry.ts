import type { Clock } from '#libs/core';
import { invalidField } from '../http/validation.js';

/** The instant of an `expiresAt` field, null for never. Throws invalid_request when it has passed. */
export function expiryOf(expiresAt: string | undefined, clock: Clock): Date | null {
  if (expiresAt === undefined) return null;
  const instant = new Date(expiresAt);
  if (instant.getTime() <= clock.now()) throw invalidField('expiresAt', 'must be in the future');
  return instant;
}
