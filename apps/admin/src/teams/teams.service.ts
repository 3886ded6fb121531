import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { type Reach, requireBelow, teamsInReach } from '../access/reach.js';
import { Changes } from '../change/changes.js';
import { requireUnused, SLUG_ONLY, slugsOf } from '../change/in-use.js';
import { lookUp, referTo, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import { usersByScope } from '../change/scope-users.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { identityProvidersNaming } from '../identity-providers/users.js';
import type { CreateTeam, TeamAnswer, UpdateTeam } from './teams.dto.js';
import { toApi, WITH_PARENT } from './teams.mapping.js';

type Tx = Prisma.TransactionClient;

const DEPTH_MAX = 10;

@Injectable()
export class TeamsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
  ) {}

  create(organization: string, body: CreateTeam, write: Write): Promise<TeamAnswer> {
    const { slug, name, costCenter = null, parent } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireFree(await tx.team.findFirst({ where: { organizationId, slug } }), slug);
      const id = uuidv7();
      const parentId = await parentOf(tx, { organizationId, teamId: id, reach: write.reach }, parent ?? null);
      const data = { id, organizationId, slug, name, costCenter, parentId };
      return created('team', toApi(await tx.team.create({ data, include: WITH_PARENT })));
    });
  }

  async list(organization: string, query: ListQuery, reach: Reach): Promise<Page<TeamAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) =>
        this.database.team.findMany({
          where: { organizationId, id, ...teamsInReach(reach) },
          include: WITH_PARENT,
          ...order,
        }),
      toApi,
    );
  }

  async get(organization: string, team: string, reach: Reach): Promise<TeamAnswer> {
    return toApi(await findTeam(this.database, await this.organizations.idOf(organization), team, reach));
  }

  update(organization: string, team: string, body: UpdateTeam, write: Write): Promise<TeamAnswer> {
    const { name, costCenter, parent } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findTeam(tx, organizationId, team, write.reach);
      requireBelow(write.reach, before.id);
      requireMatch(ifMatch, before);
      const of = { organizationId, teamId: before.id, reach: write.reach };
      const parentId = parent === undefined ? undefined : await parentOf(tx, of, parent);
      const after = await tx.team.update({
        where: { id: before.id, organizationId },
        data: defined({ name, costCenter, parentId }),
        include: WITH_PARENT,
      });
      return updated('team', toApi(before), toApi(after));
    });
  }

  remove(organization: string, team: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findTeam(tx, organizationId, team, write.reach);
      requireBelow(write.reach, row.id);
      requireMatch(ifMatch, row);
      requireUnused(`team "${row.slug}"`, [
        [
          'service',
          await slugsOf(tx.service.findMany({ where: { organizationId, teamId: row.id }, select: SLUG_ONLY })),
        ],
        ['team', await slugsOf(tx.team.findMany({ where: { organizationId, parentId: row.id }, select: SLUG_ONLY }))],
        ...(await usersByScope(tx, organizationId, 'team', row.slug)),
        await identityProvidersNaming(tx, organizationId, 'team', row.slug),
        ['role binding', idsOf(await tx.roleBinding.findMany({ where: { organizationId, teamId: row.id } }))],
      ]);
      await tx.team.delete({ where: { id: row.id, organizationId } });
      return deleted('team', toApi(row));
    });
  }
}

function findTeam(database: Tx, organizationId: string, team: string, reach: Reach) {
  return lookUp(organizationId, team, (where) =>
    database.team.findFirst({ where: { ...where, ...teamsInReach(reach) }, include: WITH_PARENT }),
  );
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

interface Placed {
  readonly organizationId: string;
  readonly teamId: string;
  readonly reach: Reach;
}

/**
 * Id of the team above. Throws not_found when there is none, invalid_request when it is the team itself or below it, or too deep;
 * permission_denied when the team would be put where the caller has no say.
 */
async function parentOf(
  tx: Tx,
  { organizationId, teamId, reach }: Placed,
  parent: string | null,
): Promise<string | null> {
  if (parent === null) {
    requireBelow(reach, null);
    return null;
  }
  const find = (where: object) => tx.team.findFirst({ where: { ...where, ...teamsInReach(reach) } });
  const above = await referTo('parent', organizationId, parent, find);
  let ancestor: { readonly id: string; readonly parentId: string | null } | null = above;
  for (let depth = 1; ancestor; depth++) {
    if (ancestor.id === teamId) throw invalidField('parent', 'is the team itself or a team below it');
    if (depth >= DEPTH_MAX) throw invalidField('parent', `would nest teams more than ${DEPTH_MAX} deep`);
    ancestor = ancestor.parentId ? await tx.team.findFirst({ where: { organizationId, id: ancestor.parentId } }) : null;
  }
  return above.id;
}
