import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose';
import { TollgateError } from '#libs/core';

/** What proofs may be signed with: asymmetric, and what clients' libraries make by default. */
export const DPOP_ALGORITHMS = ['ES256', 'PS256', 'Ed25519'] as const;

/** How far a proof's time may be from ours, either way, milliseconds: a proof is made for one request and sent at once. */
const WINDOW_MS = 60_000;
/** A proof of an RSA key of 4096 bits has some 1,500. */
const PROOF_CHARS_MAX = 4096;
const JTI_CHARS_MAX = 256;

/** What a proof has to be about (RFC 9449 §4.3). */
export interface ProofNeeds {
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  readonly token: string;
  /** Thumbprint (RFC 7638) of the key that the token is bound to. */
  readonly jkt: string;
  readonly nowMs: number;
}

/** A proof that is right, if it was not seen before. */
export interface Proof {
  /** Names it among all proofs. */
  readonly id: string;
  /** For how long it would be right again, milliseconds: so long somebody has to remember it. */
  readonly rememberMs: number;
}

/**
 * Checks that whoever sends a request has the key that its token is bound to. Whether the proof was used before is the
 * caller's to find out. Throws invalid_token with `param` DPoP.
 */
export async function verifyProof(proof: string | undefined, needs: ProofNeeds): Promise<Proof> {
  if (proof === undefined) throw proofRefused('The access token is bound to a key: send a DPoP proof.');
  if (proof.length > PROOF_CHARS_MAX) throw proofRefused('The DPoP proof is too long.');
  try {
    // First the key, which costs a hash: no key but the token's own is worth checking a signature with.
    const { jwk } = decodeProtectedHeader(proof);
    if (!jwk || (await calculateJwkThumbprint(jwk as JWK)) !== needs.jkt)
      throw proofRefused('The DPoP proof is of another key than the access token.');
    const { payload } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: [...DPOP_ALGORITHMS],
      typ: 'dpop+jwt',
      currentDate: new Date(needs.nowMs),
    });
    return judged(payload, needs);
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof TypeError)
      throw proofRefused('The DPoP proof is not valid.', cause.message);
    throw cause;
  }
}

function judged(payload: Readonly<Record<string, unknown>>, { method, url, token, jkt, nowMs }: ProofNeeds): Proof {
  const { htm, htu, iat, jti, ath } = payload;
  if (htm !== method || !sameUrl(htu, url)) throw proofRefused('The DPoP proof is for another request.');
  if (typeof iat !== 'number' || Math.abs(nowMs - iat * 1000) > WINDOW_MS)
    throw proofRefused('The DPoP proof was not made just now.');
  if (typeof jti !== 'string' || jti === '' || jti.length > JTI_CHARS_MAX)
    throw proofRefused('The DPoP proof does not name itself (jti).');
  if (ath !== createHash('sha256').update(token).digest('base64url'))
    throw proofRefused('The DPoP proof is for another access token (ath).');
  const id = createHash('sha256').update(`${jkt}\n${jti}`).digest('base64url');
  return { id, rememberMs: Math.max(1, Math.ceil(iat * 1000 + WINDOW_MS - nowMs)) };
}

/** RFC 9449 §4.3: compared without query and fragment, after normalization (RFC 3986 §6.2.2 and 6.2.3). */
function sameUrl(htu: unknown, url: string): boolean {
  const [theirs, ours] = [typeof htu === 'string' ? URL.parse(htu) : null, URL.parse(url)];
  return theirs !== null && ours !== null && theirs.origin === ours.origin && theirs.pathname === ours.pathname;
}

/** A refusal that is about the proof and not about the token: see bearerChallenge. */
export function proofRefused(message: string, detail?: string): TollgateError {
  return new TollgateError('invalid_token', message, { param: 'DPoP', ...(detail !== undefined && { detail }) });
}
