import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import type { AdminPrincipal } from '#libs/identity';
import { type MasterKey, newDataKey } from '#libs/vault';
import { Changes } from '../change/changes.js';
import { requireUnused, SLUG_ONLY, slugsOf } from '../change/in-use.js';
import { lookUpTop, requireFree } from '../change/named.js';
import { created, deleted, updated } from '../change/outcome.js';
import { MASTER_KEY } from '../connections/tokens.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import type { CreateOrganization, OrganizationAnswer, UpdateOrganization } from './organizations.dto.js';
import { toApi } from './organizations.mapping.js';

@Injectable()
export class OrganizationsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly changes: Changes,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
  ) {}

  /** Its data key is made here, and its first snapshot is published, so that gateways know it before its first service. */
  async create({ slug, name, residency = [] }: CreateOrganization, write: Write): Promise<OrganizationAnswer> {
    const id = uuidv7();
    const { wrapped } = await newDataKey(this.masterKey, id);
    return this.changes.founding(id, write, async (tx) => {
      requireFree(await tx.organization.findUnique({ where: { slug } }), slug);
      const row = await tx.organization.create({
        data: { id, slug, name, residency, wrappedDataKey: wrapped, snapshotVersion: 1 },
      });
      return created('organization', toApi(row));
    });
  }

  /** A member sees their own. */
  list(query: ListQuery, principal: AdminPrincipal): Promise<Page<OrganizationAnswer>> {
    const visible = principal.kind === 'member' ? { AND: { id: principal.organizationId } } : {};
    return page(
      query,
      ({ id, order }) => this.database.organization.findMany({ where: { id, ...visible }, ...order }),
      toApi,
    );
  }

  async get(organization: string): Promise<OrganizationAnswer> {
    return toApi(await lookUpTop(organization, (where) => this.database.organization.findFirst({ where })));
  }

  update(organization: string, { name, residency }: UpdateOrganization, write: Write): Promise<OrganizationAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
      requireMatch(ifMatch, before);
      const after = await tx.organization.update({ where: { id: organizationId }, data: defined({ name, residency }) });
      return updated('organization', toApi(before), toApi(after));
    });
  }

  remove(organization: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
      requireMatch(ifMatch, row);
      await requireEmpty(tx, row);
      // Its people and whom it trusted are nothing without it.
      await tx.member.deleteMany({ where: { organizationId } });
      await tx.identityProvider.deleteMany({ where: { organizationId } });
      await tx.cacheInvalidation.deleteMany({ where: { organizationId } });
      await tx.organization.delete({ where: { id: organizationId } });
      return deleted('organization', toApi(row));
    });
  }
}

/** What was configured is deleted by its owner first; what was used and billed stays, and so does its organization. */
async function requireEmpty(
  tx: Prisma.TransactionClient,
  { id, slug }: { readonly id: string; readonly slug: string },
): Promise<void> {
  const where = { organizationId: id };
  const named = { where, select: SLUG_ONLY };
  const used = await tx.usageRecord.findFirst({ where, select: { callId: true } });
  requireUnused(`organization "${slug}"`, [
    ['team', await slugsOf(tx.team.findMany(named))],
    ['provider credential', await slugsOf(tx.providerCredential.findMany(named))],
    ['route', await slugsOf(tx.route.findMany(named))],
    ['budget', await slugsOf(tx.budget.findMany(named))],
    ['guardrail', await slugsOf(tx.guardrail.findMany(named))],
    ['rate limit', (await tx.rateLimit.findMany({ where, select: { id: true } })).map((row) => row.id)],
    ['statement', (await tx.statement.findMany({ where, select: { period: true } })).map((row) => row.period)],
    ['usage record', used ? [used.callId] : []],
  ]);
}
