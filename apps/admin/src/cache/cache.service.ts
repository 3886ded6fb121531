import { Inject, Injectable } from '@nestjs/common';
import { type Clock, uuidv7 } from '#libs/core';
import { type CacheInvalidation, type Prisma, PrismaClient } from '#libs/database';
import { Changes } from '../change/changes.js';
import { referTo } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created } from '../change/outcome.js';
import { CLOCK } from '../connections/tokens.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import type { InvalidateCache, Invalidated, InvalidationAnswer } from './cache.dto.js';

/** No answer is kept longer (a route's largest `ttlSeconds`): what was invalidated before that is gone by itself. */
const KEPT_MS_MAX = 366 * 86_400_000;
const TAG = /^[A-Za-z0-9_.-]{1,64}=[^,\0]{0,256}$/;

@Injectable()
export class CacheService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One number per organization, route or tag, however much is cached: gateways compare it with what they find. */
  invalidate(organization: string, body: InvalidateCache, write: Write): Promise<InvalidationAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      const name = await nameOf(tx, organizationId, body);
      const { snapshotVersion: version } = await tx.organization.findUniqueOrThrow({
        where: { id: organizationId },
        select: { snapshotVersion: true },
      });
      const what = { organizationId, kind: body.kind, name };
      const before = new Date(this.clock.now() - KEPT_MS_MAX);
      await tx.cacheInvalidation.deleteMany({ where: { organizationId, createdAt: { lt: before } } });
      await tx.cacheInvalidation.deleteMany({ where: what });
      return created(
        'cache-invalidation',
        toApi(await tx.cacheInvalidation.create({ data: { ...what, id: uuidv7(), version } })),
      );
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<InvalidationAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.cacheInvalidation.findMany({ where: { organizationId, id }, ...order }),
      toApi,
    );
  }
}

/** As calls and snapshots name it. */
async function nameOf(
  tx: Prisma.TransactionClient,
  organizationId: string,
  { kind, name }: InvalidateCache,
): Promise<string> {
  if ((kind === 'organization') !== (name === undefined))
    throw invalidField('name', kind === 'organization' ? 'belongs to a route or tag' : `must name the ${kind}`);
  if (kind === 'tag' && !TAG.test(name ?? '')) throw invalidField('name', 'must be key=value');
  if (kind !== 'route') return name ?? '';
  return (await referTo('name', organizationId, name ?? '', (where) => tx.route.findFirst({ where }))).slug;
}

const toApi = ({ id, kind, name, version, createdAt }: CacheInvalidation): InvalidationAnswer => ({
  id,
  kind: kind as Invalidated,
  name: name === '' ? null : name,
  version: Number(version),
  createdAt,
});
