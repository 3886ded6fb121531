import { createHash } from 'node:crypto';
import type { KMSClient, KMSClientConfig } from '@aws-sdk/client-kms';
import { SealBroken } from './aes-gcm.js';
import { type MasterKey, WrongMasterKey } from './master-key.js';

/** Opened data keys that a process remembers; with more organizations the oldest are asked for again. */
const REMEMBERED_MAX = 10_000;
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/**
 * A master key that never leaves AWS KMS. `keyArn`: of a symmetric key; this process needs `kms:Encrypt` and `kms:Decrypt`
 * on it, and finds its credentials as every AWS SDK does. `options`: for another endpoint or other credentials.
 *
 * Wrapped text is `k1.<id>.<ciphertext of KMS>`; the id stands for the ARN, so a key whose material AWS rotates stays the
 * same master key. The owner of a data key is the encryption context `tollgate`, which shows in CloudTrail. What was opened
 * is remembered in memory only, so that KMS is asked once for each data key and not with every snapshot.
 */
export function awsKmsMasterKey(keyArn: string, options: KMSClientConfig = {}): MasterKey {
  const mark = `k1.${createHash('sha256').update(keyArn).digest('base64url').slice(0, 8)}.`;
  const region = keyArn.split(':')[3] ?? '';
  const kms = lazily(() => connect({ region, requestHandler: TIMEOUTS, ...options }));
  const opened = new Map<string, Promise<Buffer>>();

  async function decrypt(wrapped: string, context: string): Promise<Buffer> {
    const { client, DecryptCommand } = await kms();
    const CiphertextBlob = Buffer.from(wrapped.slice(mark.length), 'base64url');
    const command = new DecryptCommand({ KeyId: keyArn, CiphertextBlob, EncryptionContext: { tollgate: context } });
    const { Plaintext } = await client.send(command).catch(rejectBroken);
    return bytesOf(Plaintext);
  }

  return {
    mark,
    async wrap(plain, context) {
      const { client, EncryptCommand } = await kms();
      const { CiphertextBlob } = await client.send(
        new EncryptCommand({ KeyId: keyArn, Plaintext: plain, EncryptionContext: { tollgate: context } }),
      );
      return mark + bytesOf(CiphertextBlob).toString('base64url');
    },
    async unwrap(wrapped, context) {
      if (!wrapped.startsWith(mark)) throw new WrongMasterKey();
      const name = `${context} ${wrapped}`;
      const known = opened.get(name);
      if (known) return known;
      const asked = decrypt(wrapped, context);
      opened.set(name, asked);
      // A failure is not remembered: KMS may be back with the next question.
      asked.catch(() => opened.delete(name));
      const [oldest] = opened.keys();
      if (opened.size > REMEMBERED_MAX && oldest !== undefined) opened.delete(oldest);
      return asked;
    },
  };
}

/** The SDK is loaded by those only who use it: it would double what a process without it loads at start. */
async function connect(options: KMSClientConfig) {
  const { KMSClient, EncryptCommand, DecryptCommand } = await import('@aws-sdk/client-kms');
  const client: KMSClient = new KMSClient(options);
  return { client, EncryptCommand, DecryptCommand };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function bytesOf(bytes: Uint8Array | undefined): Buffer {
  if (!bytes) throw new Error('AWS KMS answered without the key.');
  return Buffer.from(bytes);
}

/** KMS says InvalidCiphertextException for altered bytes and for another encryption context alike. */
function rejectBroken(cause: unknown): never {
  if (cause instanceof Error && cause.name === 'InvalidCiphertextException')
    throw new SealBroken('The wrapped key was altered, or belongs to another owner.', { cause });
  throw cause;
}
