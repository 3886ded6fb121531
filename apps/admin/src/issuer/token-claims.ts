import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AccessTokenClaims, ActorClaim } from '#libs/identity';
import { usedCredential } from './client-authentication.js';
import { ownerOf } from './client-metadata.js';
import { exchangedSubject } from './exchange/grant.js';

type PrivateClaims = Pick<
  AccessTokenClaims,
  'organization' | 'service' | 'credential' | 'operator' | 'member' | 'act' | 'subject' | 'from'
>;

/**
 * What an access token says beyond RFC 9068: whose it is and which credential it dies with. Ids only, so that a token
 * never contradicts a later change of names, teams or permissions.
 */
export function tokenClaims(context: KoaContextWithOIDC, token: object): PrivateClaims & Record<string, unknown> {
  const { client } = context.oidc;
  if (!client) throw new Error('a token was about to be issued without a client');
  const owner = ownerOf(client);
  if (owner.kind === 'console') return { member: memberOf(token) };
  const credential = usedCredential(context);
  if (!credential) throw new Error('a token was about to be issued without an authenticated credential');
  if (owner.kind === 'operator') return { operator: true };
  return {
    organization: owner.organizationId,
    service: owner.serviceId,
    credential: credential.id,
    ...actingClaims(context, { sub: client.clientId, credential: credential.id }),
  };
}

/** RFC 8693 §4.1: `sub` is the subject of the token that was brought; the client says what it is in `act`. */
export function nameSubject(
  context: KoaContextWithOIDC,
  _token: unknown,
  { payload }: { readonly payload: Record<string, unknown> },
): void {
  const subject = exchangedSubject(context);
  if (subject) payload['sub'] = subject.sub;
}

function actingClaims(context: KoaContextWithOIDC, actor: ActorClaim): Pick<PrivateClaims, 'act' | 'subject' | 'from'> {
  const subject = exchangedSubject(context);
  if (!subject) return {};
  const { act, claim, from } = subject;
  return { act: { ...actor, ...(act && { act }) }, subject: claim, from };
}

function memberOf(token: { readonly accountId?: string }): string {
  const { accountId } = token;
  if (accountId === undefined) throw new Error('a token was about to be issued to the console without a member');
  return accountId;
}
