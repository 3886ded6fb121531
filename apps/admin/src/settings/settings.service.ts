import { Injectable } from '@nestjs/common';
import { type OrganizationSettings, type Prisma, PrismaClient } from '#libs/database';
import { Changes } from '../change/changes.js';
import { Organizations } from '../change/organizations.js';
import { updated } from '../change/outcome.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { toJson } from '../http/json-column.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import type { MarkupBody, SettingsAnswer, SharedCostBody, UpdateSettings } from './settings.dto.js';

@Injectable()
export class SettingsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
  ) {}

  async get(organization: string): Promise<SettingsAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    return read(this.database, organizationId);
  }

  update(organization: string, body: UpdateSettings, write: Write): Promise<SettingsAnswer> {
    for (const [index, cost] of (body.sharedCosts ?? []).entries()) requireOneSource(cost, index);
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await read(tx, organizationId);
      requireMatch(ifMatch, before);
      const { recordsDays, unknownPrices } = body;
      const { sharedCosts = before.sharedCosts, markups = before.markups } = body;
      const data = defined({ recordsDays, unknownPrices, chargeback: toJson({ sharedCosts, markups }) });
      await tx.organizationSettings.upsert({
        where: { organizationId },
        create: { ...data, organizationId },
        update: data,
      });
      return updated('settings', before, await read(tx, organizationId));
    });
  }
}

function requireOneSource({ amountUsd, team, splitBy, shares }: SharedCostBody, index: number): void {
  const field = `sharedCosts.${index}`;
  if ((amountUsd === undefined) === (team === undefined))
    throw invalidField(field, 'must have either amountUsd or team');
  if ((splitBy === 'shares') !== (shares !== undefined))
    throw invalidField(`${field}.shares`, 'belongs to splitBy "shares", and only there');
}

interface Rules {
  readonly sharedCosts?: SharedCostBody[];
  readonly markups?: MarkupBody[];
}

async function read(database: Prisma.TransactionClient, id: string): Promise<SettingsAnswer> {
  const { settings, createdAt } = await database.organization.findUniqueOrThrow({
    where: { id },
    select: { settings: true, createdAt: true },
  });
  return toApi(id, settings, createdAt);
}

/** What was never set has its default, since the organization was founded. */
function toApi(id: string, row: OrganizationSettings | null, foundedAt: Date): SettingsAnswer {
  const { sharedCosts = [], markups = [] } = (row?.chargeback ?? {}) as Rules;
  return {
    id,
    recordsDays: row?.recordsDays ?? null,
    unknownPrices: (row?.unknownPrices ?? 'book-zero') as SettingsAnswer['unknownPrices'],
    sharedCosts,
    markups,
    updatedAt: row?.updatedAt ?? foundedAt,
  };
}
