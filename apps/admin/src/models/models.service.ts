import { Injectable } from '@nestjs/common';
import { uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { Changes } from '../change/changes.js';
import { requireUnused } from '../change/in-use.js';
import { lookUp, referTo, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import { usersByScope } from '../change/scope-users.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { toJson, toNullableJson } from '../http/json-column.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { routesNaming } from '../routes/route-models.js';
import { ModelHealths } from './model-healths.js';
import type { CreateModel, ModelAnswer, ModelStateAnswer, ScheduledPricesBody, UpdateModel } from './models.dto.js';
import { toApi, WITH_CREDENTIAL } from './models.mapping.js';

type Tx = Prisma.TransactionClient;

@Injectable()
export class ModelsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly healths: ModelHealths,
  ) {}

  create(organization: string, body: CreateModel, write: Write): Promise<ModelAnswer> {
    const { slug, provider, credential, model, region = null, prices = null } = body;
    const { priceSchedule = [], limits = {}, capabilities = {} } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireFree(await tx.model.findFirst({ where: { organizationId, slug } }), slug);
      const row = await tx.model.create({
        data: {
          id: uuidv7(),
          organizationId,
          slug,
          provider,
          credentialId: await credentialIdOf(tx, organizationId, provider, credential),
          upstreamModel: model,
          region,
          prices: toNullableJson(prices),
          priceSchedule: inOrder(priceSchedule),
          limits: toJson(limits),
          capabilities: toJson(capabilities),
        },
        include: WITH_CREDENTIAL,
      });
      return created('model', toApi(row));
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<ModelStateAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const healthOf = await this.healths.of(organizationId);
    return page(
      query,
      ({ id, order }) =>
        this.database.model.findMany({ where: { organizationId, id }, include: WITH_CREDENTIAL, ...order }),
      (row) => ({ ...toApi(row), health: healthOf(row.id) }),
    );
  }

  async get(organization: string, model: string): Promise<ModelStateAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const row = await findModel(this.database, organizationId, model);
    return { ...toApi(row), health: (await this.healths.of(organizationId))(row.id) };
  }

  update(organization: string, model: string, body: UpdateModel, write: Write): Promise<ModelAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findModel(tx, organizationId, model);
      requireMatch(ifMatch, before);
      const { credential, region, prices, priceSchedule, limits, capabilities } = body;
      const credentialId =
        credential === undefined ? undefined : await credentialIdOf(tx, organizationId, before.provider, credential);
      const after = await tx.model.update({
        where: { id: before.id, organizationId },
        data: defined({
          credentialId,
          upstreamModel: body.model,
          region,
          prices: toNullableJson(prices),
          priceSchedule: priceSchedule && inOrder(priceSchedule),
          limits: limits && toJson(limits),
          capabilities: capabilities && toJson(capabilities),
        }),
        include: WITH_CREDENTIAL,
      });
      return updated('model', toApi(before), toApi(after));
    });
  }

  remove(organization: string, model: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findModel(tx, organizationId, model);
      requireMatch(ifMatch, row);
      requireUnused(`model "${row.slug}"`, [
        ['route', await routesNaming(tx, organizationId, row.slug)],
        ...(await usersByScope(tx, organizationId, 'model', row.slug)),
      ]);
      await tx.model.delete({ where: { id: row.id, organizationId } });
      return deleted('model', toApi(row));
    });
  }
}

/** Ascending by moment; two at the same moment are invalid_request. */
function inOrder(schedule: readonly ScheduledPricesBody[]) {
  const ordered = [...schedule].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  const twice = ordered.some(({ from }, index) => Date.parse(from) === Date.parse(ordered[index - 1]?.from ?? ''));
  if (twice) throw invalidField('priceSchedule', 'has two prices for one moment');
  return toJson(ordered);
}

function findModel(database: Tx, organizationId: string, model: string) {
  return lookUp(organizationId, model, (where) => database.model.findFirst({ where, include: WITH_CREDENTIAL }));
}

/** Throws invalid_request when there is no such credential, or it is for another provider. */
async function credentialIdOf(tx: Tx, organizationId: string, provider: string, credential: string): Promise<string> {
  const find = (where: Prisma.ProviderCredentialWhereInput) => tx.providerCredential.findFirst({ where });
  const row = await referTo('credential', organizationId, credential, find);
  if (row.provider !== provider)
    throw invalidField('credential', `is a credential of ${row.provider}, not of ${provider}`);
  return row.id;
}
