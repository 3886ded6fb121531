import type { Prisma } from '#libs/database';
import type { ActsFor } from '#libs/identity';
import { actsForOf } from './acts-for.js';
import type { ServiceAnswer } from './services.dto.js';

/** What is read along with a service. */
export const WITH_TEAM = { team: { select: { slug: true } } } as const;

type ServiceRow = Prisma.ServiceGetPayload<{ include: typeof WITH_TEAM }>;

export function toApi(row: ServiceRow): ServiceAnswer {
  const { id, slug, name, team, kind, clientId, allowedModels, metadata, requireDpop } = row;
  const { decommissionedAt, createdAt, updatedAt } = row;
  return {
    ...{ id, slug, name, team: team.slug, kind, clientId, allowedModels, metadata, requireDpop },
    actsFor: toBody(actsForOf(row)),
    ...{ decommissionedAt, createdAt, updatedAt },
  };
}

function toBody(actsFor: ActsFor | null): ServiceAnswer['actsFor'] {
  if (actsFor === null) return null;
  const { members, services, users } = actsFor;
  return { members, services: [...services], users: users.map((rule) => ({ ...rule, claims: { ...rule.claims } })) };
}
