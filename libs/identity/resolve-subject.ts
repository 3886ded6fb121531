import { TollgateError } from '#libs/core';
import type { AccessTokenClaims } from './access-token.js';
import type { ActsFor } from './acts-for.js';
import type { IdentityIndex, KnownService } from './identity-index.js';
import { type ActorClaim, actorsOf, type Subject, type SubjectClaim } from './subject.js';

/**
 * On whose behalf the caller of an exchanged token acts now. Everyone in it is asked for again: the subject, the services
 * between, what they authenticated with, and that each may still act for the one before. Throws invalid_token.
 */
export function resolveSubject(
  { sub, iat, act, subject, from = [] }: AccessTokenClaims & { readonly act: ActorClaim },
  organizationId: string,
  index: IdentityIndex,
  nowMs: number,
): Subject {
  if (subject === undefined) throw gone();
  if (from.some((jti) => index.tokenRevoked(jti)))
    throw new TollgateError('invalid_token', 'The token that this one was exchanged for was revoked.');
  const actors = actorsOf(act).map((actor) => actorOf(actor, organizationId, index, nowMs));
  for (const [place, actor] of actors.entries()) {
    const before = actors[place + 1];
    const allowed = before
      ? actor.actsFor.services.includes(before.principal.service)
      : mayActFor(actor.actsFor, subject, index);
    if (!allowed)
      throw new TollgateError('invalid_token', 'The service may no longer act on behalf of this token’s subject.');
  }
  const found = subjectOf(subject, { sub, iat, organizationId }, index, nowMs);
  const within = [...actors.slice(1).map(({ principal }) => principal.allowedModels), ...found.within];
  return {
    kind: subject.kind,
    name: found.name,
    actors: actors.map(({ principal }) => principal.service),
    alsoWithin: within,
  };
}

function actorOf({ sub, credential }: ActorClaim, organizationId: string, index: IdentityIndex, nowMs: number) {
  const known = index.credential(credential);
  const service = known && index.service(known.principal.serviceId);
  if (!known || !service || known.clientId !== sub || known.principal.organizationId !== organizationId) throw gone();
  if (known.expiresAtMs !== null && known.expiresAtMs <= nowMs) throw gone();
  return service;
}

function mayActFor(actsFor: ActsFor, subject: SubjectClaim, index: IdentityIndex): boolean {
  if (subject.kind === 'member') return actsFor.members;
  if (subject.kind === 'user') {
    const slug = index.issuer(subject.identityProvider)?.slug;
    return actsFor.users.some(({ identityProvider }) => identityProvider === slug);
  }
  const slug = index.service(subject.id)?.principal.service;
  return slug !== undefined && actsFor.services.includes(slug);
}

interface Told {
  readonly sub: string;
  readonly iat: number;
  readonly organizationId: string;
}

interface Found {
  readonly name: string;
  readonly within: readonly (readonly string[])[];
}

function subjectOf(claim: SubjectClaim, told: Told, index: IdentityIndex, nowMs: number): Found {
  if (claim.kind === 'member') return { name: memberName(claim.id, told, index), within: [] };
  if (claim.kind === 'user') {
    if (index.issuer(claim.identityProvider)?.organizationId !== told.organizationId) throw gone();
    return { name: told.sub, within: [] };
  }
  const { principal } = subjectService(claim, told.organizationId, index, nowMs);
  return { name: principal.service, within: [principal.allowedModels] };
}

function memberName(id: string, { iat, organizationId }: Told, index: IdentityIndex): string {
  const member = index.member(id);
  if (member?.organizationId !== organizationId || member.validFromMs > iat * 1000) throw gone();
  return member.email;
}

function subjectService(
  { id, credential }: Extract<SubjectClaim, { readonly kind: 'service' }>,
  organizationId: string,
  index: IdentityIndex,
  nowMs: number,
): KnownService {
  const service = index.service(id);
  if (service?.principal.organizationId !== organizationId) throw gone();
  const known = index.credential(credential);
  const alive = known
    ? known.principal.serviceId === id && (known.expiresAtMs === null || known.expiresAtMs > nowMs)
    : index.issuer(credential)?.organizationId === organizationId;
  if (!alive) throw gone();
  return service;
}

function gone(): TollgateError {
  return new TollgateError('invalid_token', 'Someone whom this access token names is gone, or their credential is.');
}
