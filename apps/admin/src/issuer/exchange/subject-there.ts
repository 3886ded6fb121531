import type { PrismaClient } from '#libs/database';
import { type AccessTokenClaims, actorsOf } from '#libs/identity';
import { findMember } from '../members.js';

/**
 * Whether everyone whom an exchanged token names beside its client is still there: the subject, and what the services
 * between them authenticated with. True of a token that was not exchanged.
 */
export async function subjectThere(
  prisma: PrismaClient,
  { act, subject, iat, organization = '' }: AccessTokenClaims,
  nowMs: number,
): Promise<boolean> {
  if (!act || !subject) return act === subject;
  const wanted = new Set(actorsOf(act).map(({ credential }) => credential));
  const live = { organizationId: organization, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(nowMs) } }] };
  const actors = await prisma.serviceCredential.count({ where: { ...live, id: { in: [...wanted] } } });
  if (actors < wanted.size) return false;
  if (subject.kind === 'member') return (await findMember(prisma, { member: subject.id, iat })) !== null;
  const provider = (id: string) => prisma.identityProvider.count({ where: { id, organizationId: organization } });
  if (subject.kind === 'user') return (await provider(subject.identityProvider)) > 0;
  const { id: serviceId, credential } = subject;
  const own = await prisma.serviceCredential.count({ where: { ...live, serviceId, id: credential } });
  if (own > 0) return true;
  const there = { id: serviceId, organizationId: organization, decommissionedAt: null };
  return (await provider(credential)) > 0 && (await prisma.service.count({ where: there })) > 0;
}
