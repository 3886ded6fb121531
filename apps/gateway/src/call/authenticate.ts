import { TollgateError } from '#libs/core';
import {
  hashGatewayKey,
  looksLikeGatewayKey,
  type Principal,
  resolveExternalToken,
  resolveGatewayKey,
  resolveToken,
} from '#libs/identity';
import type { CallDeps } from './call.types.js';
import { type Exchange, headerOf } from './exchange.js';

/** Far longer than any token of ours; longer ones are not worth hashing. */
const TOKEN_CHARS_MAX = 8_192;

/**
 * Bearer → principal, as the newest snapshot knows it: a revoked credential is refused as soon as the snapshot says so,
 * however fresh its token. Throws `invalid_token`.
 */
export async function authenticate(exchange: Exchange, deps: CallDeps): Promise<Principal> {
  const token = bearerOf(exchange);
  if (token === undefined) throw new TollgateError('invalid_token', 'No access token or gateway key was given.');
  if (token.length > TOKEN_CHARS_MAX) throw new TollgateError('invalid_token', 'The access token is too long.');
  const agent = headerOf(exchange, 'x-tollgate-agent') ?? null;
  const { identity, verifyToken } = deps.live();
  const nowMs = deps.clock.now();
  if (looksLikeGatewayKey(token)) {
    return resolveGatewayKey(hashGatewayKey(token), { agent, address: exchange.address }, identity, nowMs);
  }

  let verified = deps.tokens.get(token, nowMs);
  if (verified === undefined) {
    if (verifyToken === null) {
      throw new TollgateError('overloaded', 'The gateway has not yet learned the issuer’s keys.', {
        retryAfterMs: 1_000,
      });
    }
    verified = await verifyToken(token);
    deps.tokens.set(token, verified);
  }
  return 'claims' in verified
    ? resolveExternalToken(verified, agent, identity)
    : resolveToken(verified, agent, identity, nowMs);
}

/** Where each SDK puts what it calls its API key: OpenAI's in Authorization, Anthropic's in x-api-key, Gemini's in x-goog-api-key. */
function bearerOf(exchange: Exchange): string | undefined {
  const authorization = headerOf(exchange, 'authorization');
  if (authorization !== undefined) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  return headerOf(exchange, 'x-api-key') ?? headerOf(exchange, 'x-goog-api-key');
}
