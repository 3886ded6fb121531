import { TollgateError } from '#libs/core';
import { type Principal, proofRefused, type VerifiedToken, verifyProof } from '#libs/identity';
import type { CallDeps } from './call.types.js';
import { type Exchange, headerOf } from './exchange.js';

/** What the client showed, and as what. */
export interface Shown {
  readonly token: string;
  /** `DPoP` for the scheme of RFC 9449 §7.1; everything else means whoever bears it. */
  readonly scheme: 'Bearer' | 'DPoP';
}

/**
 * Whether the caller may use the token that it shows (RFC 9449 §7): one that is bound to a key only with a proof of that key,
 * for this very request, never used before; and a service that requires such tokens gets in with nothing else. Throws
 * `invalid_token`. `verified`: undefined for a gateway key.
 */
export async function prove(
  { token, scheme }: Shown,
  verified: VerifiedToken | undefined,
  principal: Principal,
  exchange: Exchange,
  deps: CallDeps,
): Promise<Principal> {
  const jkt = verified && boundTo(verified);
  if (jkt === undefined) {
    if (scheme === 'DPoP') throw new TollgateError('invalid_token', 'The access token is not bound to a key.');
    if (deps.live().identity.service(principal.serviceId)?.requireDpop)
      throw new TollgateError(
        'invalid_token',
        'The service may only use access tokens that are bound to a key (DPoP).',
      );
    return principal;
  }
  if (scheme !== 'DPoP')
    throw proofRefused('The access token is bound to a key: send it as "Authorization: DPoP …", with a proof.');
  const { method, url } = exchange.target;
  const needs = { method, url, token, jkt, nowMs: deps.clock.now() };
  const proof = await verifyProof(headerOf(exchange, 'dpop'), needs);
  if (!(await deps.proofs.take(proof))) throw proofRefused('The DPoP proof was used before.');
  return principal;
}

/** Thumbprint of the key that a token is bound to. An issuer that binds it in another way asks for what we do not see to. */
function boundTo(verified: VerifiedToken): string | undefined {
  const cnf = 'claims' in verified ? verified.claims['cnf'] : verified.cnf;
  if (cnf === undefined) return undefined;
  const { jkt } = (cnf ?? {}) as { readonly jkt?: unknown };
  if (typeof jkt !== 'string') throw new TollgateError('invalid_token', 'The access token is bound in an unknown way.');
  return jkt;
}
