import { Injectable } from '@nestjs/common';
import { isUuid, TollgateError, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { TEAM_ROLES } from '#libs/identity';
import { Changes } from '../change/changes.js';
import { found, namesNothing, referTo } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted } from '../change/outcome.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { requireAnotherOwner, requireMayChangeOwners } from '../members/owners.js';
import type { CreateRoleBinding, RoleBindingAnswer } from './role-bindings.dto.js';
import { toApi, WITH_NAMES } from './role-bindings.mapping.js';

type Tx = Prisma.TransactionClient;

/** Who has which role, where. In effect with the member's next request. */
@Injectable()
export class RoleBindingsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
  ) {}

  create(organization: string, { member, role, team }: CreateRoleBinding, write: Write): Promise<RoleBindingAnswer> {
    if (team !== undefined && !(TEAM_ROLES as readonly string[]).includes(role))
      throw invalidField('team', `must not be given: ${role} is a role for the whole organization`);
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      if (role === 'owner') requireMayChangeOwners(organizationId, write);
      const memberId = await memberIdOf(tx, organizationId, member);
      const teamId = team === undefined ? null : await teamIdOf(tx, organizationId, team);
      const key = { organizationId, memberId, role, teamId };
      if (await tx.roleBinding.findFirst({ where: key }))
        throw new TollgateError('conflict', 'The member has this role already.');
      const row = await tx.roleBinding.create({ data: { id: uuidv7(), ...key }, include: WITH_NAMES });
      return created('role-binding', toApi(row));
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<RoleBindingAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) =>
        this.database.roleBinding.findMany({ where: { organizationId, id }, include: WITH_NAMES, ...order }),
      toApi,
    );
  }

  async get(organization: string, binding: string): Promise<RoleBindingAnswer> {
    return toApi(await findBinding(this.database, await this.organizations.idOf(organization), binding));
  }

  remove(organization: string, binding: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId } = change;
      const row = await findBinding(tx, organizationId, binding);
      if (row.role === 'owner') {
        requireMayChangeOwners(organizationId, write);
        await requireAnotherOwner(change, row.memberId);
      }
      await tx.roleBinding.delete({ where: { id: row.id, organizationId } });
      return deleted('role-binding', toApi(row));
    });
  }
}

async function findBinding(database: Tx, organizationId: string, id: string) {
  const where = { organizationId, id };
  return found(isUuid(id) ? await database.roleBinding.findFirst({ where, include: WITH_NAMES }) : null, id);
}

async function memberIdOf(tx: Tx, organizationId: string, id: string): Promise<string> {
  const member = isUuid(id) ? await tx.member.findFirst({ where: { organizationId, id } }) : null;
  if (!member) throw namesNothing('member', id);
  return member.id;
}

async function teamIdOf(tx: Tx, organizationId: string, team: string): Promise<string> {
  return (await referTo('team', organizationId, team, (where) => tx.team.findFirst({ where }))).id;
}
