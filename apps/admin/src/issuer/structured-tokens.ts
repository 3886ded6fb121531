import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AccessTokenClaims } from '#libs/identity';
import { ownerOf } from './client-metadata.js';
import type { TokenRegister } from './token-register.js';

/**
 * Introspection (RFC 7662) and revocation (RFC 7009) of our access tokens. oidc-provider refuses JWTs there, but only after
 * it has checked method, parameters and client authentication; so it goes first, and this answers in place of that one
 * refusal.
 */
export function answerForStructuredTokens(register: TokenRegister, onError: (error: unknown) => void) {
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if ((context.body as { error?: unknown } | undefined)?.error !== 'unsupported_token_type') return;
    try {
      if (context.oidc.route === 'introspection') await introspect(context, register);
      else if (context.oidc.route === 'revocation') await revoke(context, register);
    } catch (error) {
      onError(error);
      context.status = 500;
      context.body = { error: 'server_error', error_description: 'the request could not be completed' };
    }
  };
}

/** RFC 7662 §2.2: whatever the reason, a token that is of no use to the caller is just not active. */
async function introspect(context: KoaContextWithOIDC, register: TokenRegister): Promise<void> {
  const claims = await register.read(tokenOf(context));
  const active = claims !== undefined && mayHandle(context, claims) && (await register.alive(claims));
  context.status = 200;
  context.body = active ? { active, token_type: claims.cnf ? 'DPoP' : 'Bearer', ...claims } : { active };
}

/** RFC 7009 §2.2: an unknown or expired token is as good as revoked; §2.1: only its own client may revoke one. */
async function revoke(context: KoaContextWithOIDC, register: TokenRegister): Promise<void> {
  const claims = await register.read(tokenOf(context));
  if (claims && !mayHandle(context, claims)) {
    context.status = 400;
    context.body = { error: 'unauthorized_client', error_description: 'the token was issued to another client' };
    return;
  }
  if (claims) await register.revoke(claims);
  context.status = 200;
  context.body = '';
}

/** A client may handle its own tokens, an operator everyone's. */
function mayHandle({ oidc: { client } }: KoaContextWithOIDC, claims: AccessTokenClaims): boolean {
  return client !== undefined && (client.clientId === claims.client_id || ownerOf(client).kind === 'operator');
}

function tokenOf(context: KoaContextWithOIDC): string {
  return String(context.oidc.params?.['token']);
}
