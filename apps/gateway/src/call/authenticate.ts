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
import { prove, type Shown } from './prove.js';

/** Far longer than any token of ours; longer ones are not worth hashing. */
const TOKEN_CHARS_MAX = 8_192;

/**
 * Bearer → principal, as the newest snapshot knows it: a revoked credential is refused as soon as the snapshot says so,
 * however fresh its token. Throws `invalid_token`.
 */
export async function authenticate(exchange: Exchange, deps: CallDeps): Promise<Principal> {
  const shown = shownBy(exchange);
  if (shown === undefined) throw new TollgateError('invalid_token', 'No access token or gateway key was given.');
  const { token } = shown;
  if (token.length > TOKEN_CHARS_MAX) throw new TollgateError('invalid_token', 'The access token is too long.');
  const agent = headerOf(exchange, 'x-tollgate-agent') ?? null;
  const { identity, verifyToken } = deps.live();
  const nowMs = deps.clock.now();
  if (looksLikeGatewayKey(token)) {
    const principal = resolveGatewayKey(hashGatewayKey(token), { agent, address: exchange.address }, identity, nowMs);
    return prove(shown, undefined, principal, exchange, deps);
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
  const principal =
    'claims' in verified
      ? resolveExternalToken(verified, agent, identity)
      : resolveToken(verified, agent, identity, nowMs);
  return prove(shown, verified, principal, exchange, deps);
}

/** Where each SDK puts what it calls its API key: OpenAI's in Authorization, Anthropic's in x-api-key, Gemini's in x-goog-api-key. */
function shownBy(exchange: Exchange): Shown | undefined {
  const authorization = headerOf(exchange, 'authorization');
  if (authorization !== undefined) {
    const [, scheme = '', token] = /^(Bearer|DPoP) +(\S+) *$/i.exec(authorization) ?? [];
    return token === undefined ? undefined : { token, scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer' };
  }
  const token = headerOf(exchange, 'x-api-key') ?? headerOf(exchange, 'x-goog-api-key');
  return token === undefined ? undefined : { token, scheme: 'Bearer' };
}
