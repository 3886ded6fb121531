import { createPublicKey, type JsonWebKey } from 'node:crypto';

const KEYS_MAX = 10;
const BYTES_MAX = 16 * 1024;
const RSA_BITS_MIN = 2048;
/** RFC 7518 §6: the members that only a private or symmetric key has. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** A set of public keys, RFC 7517 §5. */
export interface PublicJwks {
  readonly keys: readonly JsonWebKey[];
}

/** Says what is wrong with a value as a set of 1–10 public keys; undefined when nothing is. */
export function publicJwks(value: unknown): string | undefined {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > KEYS_MAX)
    return `must be a JWK set with 1–${KEYS_MAX} keys`;
  if (JSON.stringify(value).length > BYTES_MAX) return `must be at most ${BYTES_MAX} bytes`;
  return keys.map(publicJwk).find((flaw) => flaw !== undefined);
}

function publicJwk(value: unknown, index: number): string | undefined {
  if (typeof value !== 'object' || value === null) return `key ${index} is not an object`;
  if (PRIVATE_MEMBERS.some((member) => member in value))
    return `key ${index} is private: register its public part only`;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: value as JsonWebKey, format: 'jwk' });
    const bits = asymmetricKeyDetails?.modulusLength;
    return bits !== undefined && bits < RSA_BITS_MIN ? `key ${index} is shorter than ${RSA_BITS_MIN} bits` : undefined;
  } catch {
    return `key ${index} is not a public key of type RSA, EC or OKP`;
  }
}
