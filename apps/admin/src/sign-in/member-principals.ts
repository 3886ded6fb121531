import { Injectable } from '@nestjs/common';
import { TollgateError } from '#libs/core';
import { PrismaClient } from '#libs/database';
import type { AccessTokenClaims, AdminPrincipal, Role } from '#libs/identity';

/** Members as the admin API knows them now: a role that is taken away is gone with the next request. */
@Injectable()
export class MemberPrincipals {
  constructor(private readonly database: PrismaClient) {}

  /** Throws invalid_token when there is no such member any more. */
  async resolve(memberId: string, { jti: tokenId }: Pick<AccessTokenClaims, 'jti'>): Promise<AdminPrincipal> {
    const member = await this.database.member.findUnique({
      where: { id: memberId },
      select: {
        id: true,
        email: true,
        organization: { select: { id: true, slug: true } },
        roleBindings: { select: { role: true, teamId: true } },
      },
    });
    if (!member) throw new TollgateError('invalid_token', 'The member that this access token was issued to is gone.');
    const { id, email: name, organization, roleBindings } = member;
    if (!organization) return { kind: 'operator', id, name, tokenId };
    return {
      kind: 'member',
      id,
      name,
      tokenId,
      organizationId: organization.id,
      organization: organization.slug,
      roles: roleBindings.map(({ role, teamId }) => ({ role: role as Role, teamId })),
    };
  }
}
