import type { Member, PrismaClient } from '#libs/database';
import type { AccessTokenClaims } from '#libs/identity';

/** The member whom a token was issued to; null when they are gone, or everything issued before some later moment ended. */
export function findMember(
  prisma: PrismaClient,
  { member, iat }: Pick<AccessTokenClaims, 'member' | 'iat'>,
): Promise<Member | null> {
  if (member === undefined) return Promise.resolve(null);
  return prisma.member.findFirst({ where: { id: member, validFrom: { lte: new Date(iat * 1000) } } });
}

/**
 * From when on tokens count, given to the member by a new sign-in: the beginning of this second, because tokens tell their
 * time in whole seconds.
 */
export function fromThisSecond(nowMs: number): Date {
  return new Date(Math.floor(nowMs / 1000) * 1000);
}

/** As {@link fromThisSecond}, when everything issued until now has to end: also what was issued within this second. */
export function fromNextSecond(nowMs: number): Date {
  return new Date((Math.floor(nowMs / 1000) + 1) * 1000);
}
