import type { Prisma } from '#libs/database';
import type { TeamAnswer } from './teams.dto.js';

/** What is read along with a team. */
export const WITH_PARENT = { parent: { select: { slug: true } } } as const;

type TeamRow = Prisma.TeamGetPayload<{ include: typeof WITH_PARENT }>;

export function toApi({ id, slug, name, costCenter, parent, createdAt, updatedAt }: TeamRow): TeamAnswer {
  return { id, slug, name, costCenter, parent: parent?.slug ?? null, createdAt, updatedAt };
}
