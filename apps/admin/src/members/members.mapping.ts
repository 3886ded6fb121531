import type { Prisma } from '#libs/database';
import type { MemberAnswer } from './members.dto.js';

/** What is read along with a member. */
export const WITH_ROLES = {
  roleBindings: { select: { role: true, team: { select: { slug: true } } }, orderBy: { id: 'asc' } },
} as const;

type MemberRow = Prisma.MemberGetPayload<{ include: typeof WITH_ROLES }>;

export function toApi(row: MemberRow): MemberAnswer {
  const { id, email, name, roleBindings, lastSignInAt, createdAt, updatedAt } = row;
  const roles = roleBindings.map(({ role, team }) => ({ role, team: team?.slug ?? null }));
  return { id, email, name, roles, signsInWith: signsInWith(row), lastSignInAt, createdAt, updatedAt };
}

function signsInWith({ passwordHash, passwordOneTime }: MemberRow): MemberAnswer['signsInWith'] {
  if (passwordHash === null) return 'identity-provider';
  return passwordOneTime ? 'one-time-password' : 'password';
}
