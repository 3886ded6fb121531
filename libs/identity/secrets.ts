import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new client secret: `tgs_` and 32 random bytes as base64url. Shown once, stored only as {@link hashSecret}. */
export function newSecret(): string {
  return `tgs_${randomBytes(32).toString('base64url')}`;
}

/**
 * SHA-256 of a secret, base64url. A slow hash (argon2, bcrypt) makes guessing dear where people choose weak passwords; our
 * secrets carry 256 random bits, which nobody guesses however fast the hash, so a slow one would only buy an attacker a
 * way to keep our processors busy.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether `hash` is the hash of `secret`, in a time that does not tell how much of it is right. */
export function secretMatches(secret: string, hash: string): boolean {
  const given = Buffer.from(hashSecret(secret));
  const stored = Buffer.from(hash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}
