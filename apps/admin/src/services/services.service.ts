import { Inject, Injectable } from '@nestjs/common';
import { type Clock, TollgateError, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { inReach, type Reach, teamsInReach } from '../access/reach.js';
import { Changes } from '../change/changes.js';
import { requireUnused } from '../change/in-use.js';
import { lookUp, referTo, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated, withSecret } from '../change/outcome.js';
import { usersByScope } from '../change/scope-users.js';
import { CLOCK } from '../connections/tokens.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { toJson, toNullableJson } from '../http/json-column.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import { identityProvidersNaming } from '../identity-providers/users.js';
import { servicesActingFor, storedActsFor } from './acts-for.js';
import { newSecretCredential } from './credentials/new-credential.js';
import type { CreatedServiceAnswer, CreateService, ServiceAnswer, UpdateService } from './services.dto.js';
import { toApi, WITH_TEAM } from './services.mapping.js';

type Tx = Prisma.TransactionClient;

@Injectable()
export class ServicesService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** With a first secret, so that the answer is all that the service needs to get a token. */
  create(organization: string, body: CreateService, write: Write): Promise<CreatedServiceAnswer> {
    const { slug, name, team, kind = 'service', allowedModels = ['*'], metadata = {}, requireDpop = false } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireFree(await tx.service.findFirst({ where: { organizationId, slug } }), slug);
      const id = uuidv7();
      const { secret, ...credential } = newSecretCredential();
      const row = await tx.service.create({
        data: {
          id,
          organizationId,
          teamId: await teamIdOf(tx, organizationId, team, write.reach),
          slug,
          name,
          kind,
          clientId: `svc_${id.replaceAll('-', '')}`,
          allowedModels,
          metadata: metadata as Prisma.InputJsonObject,
          ...(body.actsFor && { actsFor: toJson(await storedActsFor(tx, organizationId, body.actsFor, write.reach)) }),
          requireDpop,
          credentials: { create: { ...credential, organizationId } },
        },
        include: WITH_TEAM,
      });
      return withSecret(created('service', toApi(row)), { clientSecret: secret });
    });
  }

  async list(organization: string, query: ListQuery, reach: Reach): Promise<Page<ServiceAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) =>
        this.database.service.findMany({
          where: { organizationId, id, ...inReach(reach) },
          include: WITH_TEAM,
          ...order,
        }),
      toApi,
    );
  }

  async get(organization: string, service: string, reach: Reach): Promise<ServiceAnswer> {
    return toApi(await findService(this.database, await this.organizations.idOf(organization), service, reach));
  }

  update(organization: string, service: string, body: UpdateService, write: Write): Promise<ServiceAnswer> {
    const { name, team, allowedModels, metadata, actsFor, requireDpop } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findService(tx, organizationId, service, write.reach);
      requireMatch(ifMatch, before);
      const teamId = team === undefined ? undefined : await teamIdOf(tx, organizationId, team, write.reach);
      const after = await tx.service.update({
        where: { id: before.id, organizationId },
        data: {
          ...defined({ name, teamId, allowedModels, requireDpop }),
          ...(metadata && { metadata: metadata as Prisma.InputJsonObject }),
          ...(actsFor !== undefined && {
            actsFor: toNullableJson(actsFor && (await storedActsFor(tx, organizationId, actsFor, write.reach))),
          }),
        },
        include: WITH_TEAM,
      });
      return updated('service', toApi(before), toApi(after));
    });
  }

  /**
   * Ends a service in one step: its credentials and keys, and with them every token; tokens of identity providers stand for
   * it no more. It stays for the record. Doing it again changes nothing.
   */
  decommission(organization: string, service: string, write: Write): Promise<ServiceAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findService(tx, organizationId, service, write.reach);
      requireMatch(ifMatch, before);
      const of = { where: { organizationId, serviceId: before.id } };
      await tx.serviceCredential.deleteMany(of);
      await tx.gatewayKey.deleteMany(of);
      const after = await tx.service.update({
        where: { id: before.id, organizationId },
        data: { decommissionedAt: before.decommissionedAt ?? new Date(this.clock.now()) },
        include: WITH_TEAM,
      });
      return { ...updated('service', toApi(before), toApi(after)), action: 'decommissioned' };
    });
  }

  /** Ends its credentials and keys with it. */
  remove(organization: string, service: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findService(tx, organizationId, service, write.reach);
      requireMatch(ifMatch, row);
      requireUnused(`service "${row.slug}"`, [
        await identityProvidersNaming(tx, organizationId, 'service', row.slug),
        await servicesActingFor(tx, organizationId, 'service', row.slug),
        ...(await usersByScope(tx, organizationId, 'service', row.slug)),
      ]);
      await tx.service.delete({ where: { id: row.id, organizationId } });
      return deleted('service', toApi(row));
    });
  }
}

/** The service that a path names. Throws not_found, also for one out of reach. */
export function findService(database: Tx, organizationId: string, service: string, reach: Reach) {
  return lookUp(organizationId, service, (where) =>
    database.service.findFirst({ where: { ...where, ...inReach(reach) }, include: WITH_TEAM }),
  );
}

/** As {@link findService}, for giving it a way in. Throws conflict when it was decommissioned. */
export async function findWorkingService(database: Tx, organizationId: string, service: string, reach: Reach) {
  const row = await findService(database, organizationId, service, reach);
  if (row.decommissionedAt)
    throw new TollgateError('conflict', `The service "${row.slug}" was decommissioned. Create a new one.`);
  return row;
}

async function teamIdOf(tx: Tx, organizationId: string, team: string, reach: Reach): Promise<string> {
  const find = (where: object) => tx.team.findFirst({ where: { ...where, ...teamsInReach(reach) } });
  return (await referTo('team', organizationId, team, find)).id;
}
