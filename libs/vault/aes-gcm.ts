import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What does not open: altered, cut short, or bound to something else than what it was opened with. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/**
 * AES-256-GCM with a fresh random 96-bit IV (NIST SP 800-38D §8.2.2: up to 2³² messages per key, far above the records of
 * one organization). `associated` is authenticated but not stored: the same text is needed to open.
 *
 * @returns `<iv>.<ciphertext and tag>`, both base64url
 */
export function encrypt(key: Buffer, associated: string, plain: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(associated));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `${iv.toString('base64url')}.${sealed.toString('base64url')}`;
}

/** Inverse of {@link encrypt}. Throws SealBroken, never returns unauthenticated bytes. */
export function decrypt(key: Buffer, associated: string, sealed: string): Buffer {
  const [iv, body] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (iv?.length !== IV_BYTES || !body || body.length < TAG_BYTES)
    throw new SealBroken('The sealed text is malformed.');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(associated))
    .setAuthTag(body.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken('The sealed text was altered, or belongs to another record or key.', { cause });
  }
}
