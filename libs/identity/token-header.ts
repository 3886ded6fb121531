import { TokenRefused } from './token-error.js';

/** Ours have some 700 characters; beyond this we do not even decode. */
const TOKEN_CHARS_MAX = 8192;
/** Headers by which a token could bring or point to its own key (RFC 7515 §4.1), or ask for rules that we do not know. */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit'] as const;
/** RFC 9068 §2.1: keeps ID tokens and other JWTs of the same issuer from passing as access tokens. */
const ACCESS_TOKEN = ['at+jwt', 'application/at+jwt'];

/**
 * The `kid` of a token whose header is as we demand, read before any signature is checked. Throws TokenRefused for another
 * type or algorithm and for headers that try to choose the key. `types`: what else than ours is accepted, where a token may
 * also say nothing (RFC 7519 §5.1).
 */
export function readKeyId(token: string, algorithms: readonly string[], types?: readonly string[]): string {
  const { typ = types?.[0], alg, kid, ...others } = decodeHeader(token);
  if (typeof typ !== 'string' || !(types ?? ACCESS_TOKEN).includes(typ.toLowerCase()))
    throw new TokenRefused('The token is not an access token (typ must be at+jwt).');
  if (typeof alg !== 'string' || !algorithms.includes(alg))
    throw new TokenRefused('The access token is signed with an algorithm that is not accepted.');
  const refused = REFUSED_HEADERS.find((name) => name in others);
  if (refused !== undefined)
    throw new TokenRefused(`The access token carries the header ${refused}, which is refused.`);
  if (typeof kid !== 'string' || kid === '') throw new TokenRefused('The access token does not name its key.');
  return kid;
}

function decodeHeader(token: string): Readonly<Record<string, unknown>> {
  const end = token.indexOf('.');
  if (token.length > TOKEN_CHARS_MAX || end <= 0) throw new TokenRefused('The access token is not a JWT.');
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, end), 'base64url').toString());
    if (typeof header === 'object' && header !== null) return header as Readonly<Record<string, unknown>>;
  } catch {
    // No JSON: the same answer as for JSON that is no object.
  }
  throw new TokenRefused('The access token is not a JWT.');
}
