import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { Changes } from '../change/changes.js';
import { requireUnused } from '../change/in-use.js';
import { lookUp, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import { usersByScope } from '../change/scope-users.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { toJson, toNullableJson } from '../http/json-column.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import { modelSlug, storedTargets } from './route-models.js';
import type { CreateRoute, RouteAnswer, UpdateRoute } from './routes.dto.js';
import { toApi } from './routes.mapping.js';

type Tx = Prisma.TransactionClient;

@Injectable()
export class RoutesService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
  ) {}

  create(organization: string, body: CreateRoute, write: Write): Promise<RouteAnswer> {
    const { slug, targets } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireFree(await tx.route.findFirst({ where: { organizationId, slug } }), slug);
      const data = {
        ...(await columnsOf(tx, organizationId, body)),
        id: uuidv7(),
        organizationId,
        slug,
        targets: toJson(await storedTargets(tx, organizationId, 'targets', targets)),
      };
      return created('route', toApi(await tx.route.create({ data })));
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<RouteAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.route.findMany({ where: { organizationId, id }, ...order }),
      toApi,
    );
  }

  async get(organization: string, route: string): Promise<RouteAnswer> {
    return toApi(await findRoute(this.database, await this.organizations.idOf(organization), route));
  }

  update(organization: string, route: string, body: UpdateRoute, write: Write): Promise<RouteAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findRoute(tx, organizationId, route);
      requireMatch(ifMatch, before);
      const data = await changedColumns(tx, organizationId, body);
      const after = await tx.route.update({ where: { id: before.id, organizationId }, data });
      return updated('route', toApi(before), toApi(after));
    });
  }

  remove(organization: string, route: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findRoute(tx, organizationId, route);
      requireMatch(ifMatch, row);
      requireUnused(`route "${row.slug}"`, await usersByScope(tx, organizationId, 'route', row.slug));
      await tx.route.delete({ where: { id: row.id, organizationId } });
      return deleted('route', toApi(row));
    });
  }
}

function findRoute(database: Tx, organizationId: string, route: string) {
  return lookUp(organizationId, route, (where) => database.route.findFirst({ where }));
}

/** The columns that an update changes, its models checked. */
export async function changedColumns(tx: Tx, organizationId: string, body: UpdateRoute) {
  const { targets } = body;
  return {
    ...(await columnsOf(tx, organizationId, body)),
    ...(targets && { targets: toJson(await storedTargets(tx, organizationId, 'targets', targets)) }),
  };
}

/** The columns but for targets that a body names, its models checked. What it leaves out stays as it is, or as the database's default. */
async function columnsOf(tx: Tx, organizationId: string, body: UpdateRoute) {
  const {
    strategy,
    rules,
    retry,
    timeoutMs,
    timeouts,
    midStream,
    hedge,
    onBudget,
    strict,
    cache,
    residency,
    stickiness,
    shadow,
    unknownPrices,
  } = body;
  return defined({
    strategy,
    rules: rules && toJson(await storedRules(tx, organizationId, rules)),
    retry: retry && toJson(retry),
    timeoutMs,
    timeouts: timeouts && toJson(timeouts),
    midStream,
    hedge: toNullableJson(hedge),
    onBudget,
    strict,
    cache: toNullableJson(cache),
    residency,
    stickiness,
    shadow: toNullableJson(
      shadow && { ...shadow, model: await modelSlug(tx, organizationId, 'shadow.model', shadow.model) },
    ),
    unknownPrices,
  });
}

async function storedRules(tx: Tx, organizationId: string, rules: NonNullable<UpdateRoute['rules']>) {
  const stored = [];
  for (const [index, { when, targets }] of rules.entries())
    stored.push({ when, targets: await storedTargets(tx, organizationId, `rules.${index}.targets`, targets) });
  return stored;
}
