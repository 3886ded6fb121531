import type { Prisma } from '#libs/database';
import type { RoleBindingAnswer } from './role-bindings.dto.js';

/** What is read along with a role binding. */
export const WITH_NAMES = { member: { select: { email: true } }, team: { select: { slug: true } } } as const;

export function toApi(row: Prisma.RoleBindingGetPayload<{ include: typeof WITH_NAMES }>): RoleBindingAnswer {
  const { id, memberId, member, role, team, mapped, createdAt } = row;
  return { id, member: memberId, email: member.email, role, team: team?.slug ?? null, mapped, createdAt };
}
