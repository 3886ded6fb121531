import type { Prisma } from '#libs/database';
import type { ServiceAnswer } from './services.dto.js';

/** What is read along with a service. */
export const WITH_TEAM = { team: { select: { slug: true } } } as const;

type ServiceRow = Prisma.ServiceGetPayload<{ include: typeof WITH_TEAM }>;

export function toApi(row: ServiceRow): ServiceAnswer {
  const { id, slug, name, team, kind, clientId, allowedModels, metadata } = row;
  const { decommissionedAt, createdAt, updatedAt } = row;
  const times = { decommissionedAt, createdAt, updatedAt };
  return { id, slug, name, team: team.slug, kind, clientId, allowedModels, metadata, ...times };
}
