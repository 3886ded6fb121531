import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.js';

/** The data was wrapped by another master key: start with the one that wrapped it, no data is lost. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';

  constructor() {
    super('The data was encrypted with another TOLLGATE_MASTER_KEY. Start with the key it was written with.');
  }
}

/**
 * The key that wraps every data key and nothing else. Asynchronous, because a key management service answers over the
 * network; the local one answers at once. `context` says whose data key it is (an organization's id, `platform`) and must
 * be the same for unwrapping, so that a wrapped key cannot be moved to another owner.
 */
export interface MasterKey {
  /** What everything wrapped by this master key begins with, and nothing that another one wrapped. Reveals nothing of it. */
  readonly mark: string;
  wrap(plain: Buffer, context: string): Promise<string>;
  /** Throws WrongMasterKey when another master key wrapped it, SealBroken when it was altered or has another context. */
  unwrap(wrapped: string, context: string): Promise<Buffer>;
}

/**
 * A master key held by this process. `key`: 32 bytes.
 *
 * Wrapped text is `w1.<id of the master key>.<iv>.<ciphertext and tag>`. The id (48 bits of an HMAC) tells a wrong key
 * from damaged data and reveals nothing of the key.
 */
export function localMasterKey(key: Buffer): MasterKey {
  if (key.length !== 32) throw new RangeError(`a master key has 32 bytes, this one has ${key.length}`);
  const id = createHmac('sha256', key).update('tollgate master key id').digest('base64url').slice(0, 8);
  const mark = `w1.${id}.`;
  return {
    mark,
    async wrap(plain, context) {
      return mark + encrypt(key, context, plain);
    },
    async unwrap(wrapped, context) {
      if (!wrapped.startsWith(mark)) throw new WrongMasterKey();
      return decrypt(key, context, wrapped.slice(mark.length));
    },
  };
}
