import { createPublicKey } from 'node:crypto';
import type { ExternalKey } from '#libs/identity';
import { leadsToPrivateAddress } from '#libs/outbound';
import { corporateFetch, discover } from './corporate-client.js';

const KEYS_MAX = 50;
const KID_CHARS_MAX = 300;
const RSA_BITS_MIN = 2048;

/** Why an issuer's keys could not be read, in words for whoever trusts it. */
export class KeysUnreadable extends Error {
  override readonly name = 'KeysUnreadable';
}

/** The public keys that an issuer publishes now and that we can verify with. Throws KeysUnreadable. */
export async function readKeys(issuer: string, allowPrivate: boolean): Promise<ExternalKey[]> {
  try {
    const configuration = await discover({ issuer, clientId: 'tollgate', clientSecret: null, allowPrivate });
    const { jwks_uri: uri } = configuration.serverMetadata();
    if (uri === undefined) throw new KeysUnreadable('it publishes no jwks_uri');
    if (!allowPrivate && !uri.startsWith('https:')) throw new KeysUnreadable('its jwks_uri is not https');
    const answer = await corporateFetch(allowPrivate)(uri, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new KeysUnreadable(`its jwks_uri answers with status ${answer.status}`);
    const keys = usable(await answer.json());
    if (keys.length === 0) throw new KeysUnreadable('it publishes no RS256 or ES256 key');
    return keys;
  } catch (cause) {
    throw cause instanceof KeysUnreadable ? cause : new KeysUnreadable(reasonOf(cause), { cause });
  }
}

function usable(jwks: unknown): ExternalKey[] {
  const { keys } = (typeof jwks === 'object' && jwks !== null ? jwks : {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) throw new KeysUnreadable('its keys are not a JWK set');
  return keys.slice(0, KEYS_MAX).flatMap((key: unknown) => publicPart(key) ?? []);
}

/** Only what a public key has: whatever else a provider writes there is not ours to keep. */
function publicPart(jwk: unknown): ExternalKey | undefined {
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const { kid, kty, use, alg, n, e, crv, x, y } = jwk as Readonly<Record<string, unknown>>;
  if (typeof kid !== 'string' || kid === '' || kid.length > KID_CHARS_MAX || use === 'enc') return undefined;
  const key =
    kty === 'RSA' ? { kid, kty, n, e } : kty === 'EC' && crv === 'P-256' ? { kid, kty, crv, x, y } : undefined;
  const algorithm = kty === 'RSA' ? 'RS256' : 'ES256';
  if (key === undefined || (alg !== undefined && alg !== algorithm)) return undefined;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...key } as Record<string, string>, format: 'jwk' });
    return kty === 'RSA' && (asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS_MIN ? undefined : key;
  } catch {
    return undefined;
  }
}

/** Nothing that the provider wrote is in it. */
function reasonOf(cause: unknown): string {
  if (leadsToPrivateAddress(cause)) return 'it leads to a private network';
  const code = codeOf(cause);
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return 'it says that it is another issuer';
  if (code === 'OAUTH_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT') return 'it does not answer in time';
  return `it cannot be read${/^[A-Z_]{1,60}$/.test(code) ? ` (${code})` : ''}`;
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  const inner = codeOf(cause.cause);
  return inner || ('code' in cause ? String(cause.code) : '');
}
