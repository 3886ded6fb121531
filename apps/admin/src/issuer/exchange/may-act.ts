import type { PrismaClient } from '#libs/database';
import { ACTORS_MAX, type ActsFor, actorsOf } from '#libs/identity';
import type { VerifiedSubject } from './subject-token.js';

/** Why a service may not act on behalf of a verified subject; undefined when it may. */
export async function actingFlaw(
  actor: { readonly serviceId: string; readonly organizationId: string; readonly actsFor: ActsFor },
  { claim, act, bound }: VerifiedSubject,
  prisma: PrismaClient,
): Promise<string | undefined> {
  if (bound) return 'subject_token is bound to a key of its holder';
  const actors = act ? actorsOf(act) : [];
  if (actors.length >= ACTORS_MAX) return `no more than ${ACTORS_MAX} services may act one for the other`;
  const clientIds = actors.map(({ sub }) => sub);
  const { organizationId, actsFor } = actor;
  const services = await prisma.service.findMany({
    where: {
      organizationId,
      OR: [{ clientId: { in: clientIds } }, ...(claim.kind === 'service' ? [claim] : []).map(({ id }) => ({ id }))],
    },
    select: { id: true, slug: true, clientId: true },
  });
  if (services.some(({ id }) => id === actor.serviceId)) return 'a service cannot act on its own behalf';
  // Whoever brings a token of a service that acts already takes that service's place: it is the one they must be trusted by.
  const nearest = act ? services.find(({ clientId }) => clientId === act.sub) : services[0];
  const allowed =
    act || claim.kind === 'service'
      ? nearest !== undefined && actsFor.services.includes(nearest.slug)
      : claim.kind === 'user' || actsFor.members;
  return allowed ? undefined : 'this client may not act on behalf of the subject';
}
