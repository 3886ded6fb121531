import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, SealBroken } from './aes-gcm.js';
import type { MasterKey } from './master-key.js';

const VERSION = 'v1.';

/** Makes a data key (32 random bytes) for `context`. Store `wrapped`, keep `key` in memory only. */
export async function newDataKey(masterKey: MasterKey, context: string): Promise<{ wrapped: string; key: Buffer }> {
  const key = randomBytes(32);
  return { wrapped: await masterKey.wrap(key, context), key };
}

/** The data key again. Throws WrongMasterKey, or SealBroken when it was altered or made for another context. */
export function openDataKey(masterKey: MasterKey, wrapped: string, context: string): Promise<Buffer> {
  return masterKey.unwrap(wrapped, context);
}

/**
 * Seals a secret to its record: only the same data key together with the same record id opens it, so that a sealed text
 * copied into another row is worthless.
 *
 * @returns `v1.<iv>.<ciphertext and tag>`, base64url parts
 */
export function seal(dataKey: Buffer, recordId: string, plaintext: string): string {
  return VERSION + encrypt(dataKey, recordId, Buffer.from(plaintext));
}

/** Inverse of {@link seal}. Throws SealBroken for an altered text, another record id, another key or an unknown version. */
export function open(dataKey: Buffer, recordId: string, sealed: string): string {
  if (!sealed.startsWith(VERSION)) throw new SealBroken('The sealed text has an unknown version.');
  return decrypt(dataKey, recordId, sealed.slice(VERSION.length)).toString();
}
