import { TollgateError } from '#libs/core';
import type { Prisma } from '#libs/database';
import { mayIn } from '#libs/identity';
import type { Change } from '../change/changes.js';
import type { Write } from '../http/write.js';

/** What makes somebody an owner: the role for the whole organization. */
const OWNER = { role: 'owner', teamId: null } as const;

/**
 * Throws permission_denied unless the caller may change who owns the organization. Asked before anything is done to an
 * owner: whoever could give an owner a new password could become one.
 */
export function requireMayChangeOwners(organizationId: string, { principal }: Write): void {
  if (mayIn(organizationId, principal, 'owners:write') === null)
    throw new TollgateError('permission_denied', 'Only an owner may do this to an owner.');
}

export function isOwner(tx: Prisma.TransactionClient, memberId: string): Promise<boolean> {
  return tx.roleBinding.count({ where: { memberId, ...OWNER } }).then((count) => count > 0);
}

/** How many roles make somebody an owner of the organization. */
export function countOwners(tx: Prisma.TransactionClient, organizationId: string): Promise<number> {
  return tx.roleBinding.count({ where: { organizationId, ...OWNER } });
}

/** Throws conflict when nobody but this member owns the organization: nobody could then give the role to anyone. */
export async function requireAnotherOwner({ tx, organizationId }: Change, memberId: string): Promise<void> {
  const others = await tx.roleBinding.count({ where: { organizationId, ...OWNER, memberId: { not: memberId } } });
  if (others === 0) throw lastOwner();
}

export function lastOwner(): TollgateError {
  return new TollgateError(
    'conflict',
    'This is the last owner of the organization. Make somebody else an owner first.',
  );
}
