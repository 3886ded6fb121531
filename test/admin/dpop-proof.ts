import { createHash, randomUUID } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A key of a client, and the proofs that it makes (RFC 9449 §4.2). */
export interface ProofKey {
  readonly jwk: JWK;
  readonly jkt: string;
  readonly privateKey: CryptoKey;
}

export async function newProofKey(): Promise<ProofKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { jwk, jkt: await calculateJwkThumbprint(jwk), privateKey };
}

export interface ProofFacts {
  readonly htm: string;
  readonly htu: string;
  readonly iat?: number;
  readonly jti?: string;
  /** The access token that it goes with; absent at the token endpoint. */
  readonly token?: string;
  readonly typ?: string;
  /** In the header; default: the key that signs. */
  readonly jwk?: JWK;
}

export function proofOf(
  key: ProofKey,
  { token, typ = 'dpop+jwt', jwk = key.jwk, ...facts }: ProofFacts,
): Promise<string> {
  const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
  return new SignJWT({ jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...ath, ...facts })
    .setProtectedHeader({ alg: 'ES256', typ, jwk })
    .sign(key.privateKey);
}
