import { Injectable } from '@nestjs/common';
import { parseUsd, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import type { Reach } from '../access/reach.js';
import { Changes } from '../change/changes.js';
import { lookUp, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import { requireScopeInReach, scopesInReach } from '../scope/scope-reach.js';
import { storedScope } from '../scope/stored-scope.js';
import { BudgetStates } from './budget-states.js';
import type { BudgetStateAnswer, CreateBudget, UpdateBudget } from './budgets.dto.js';
import { toApi } from './budgets.mapping.js';
import { toThousandths } from './checks.js';

@Injectable()
export class BudgetsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly states: BudgetStates,
  ) {}

  async create(organization: string, body: CreateBudget, write: Write): Promise<BudgetStateAnswer> {
    const { slug, amount, period, timezone = 'UTC', enforcement = 'hard', alertsAt = [] } = body;
    const { id } = await this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireFree(await tx.budget.findFirst({ where: { organizationId, slug } }), slug);
      const scope = await storedScope(tx, organizationId, defined(body.scope), write.reach);
      await requireScopeInReach(tx, organizationId, scope as Prisma.JsonObject, write.reach);
      const data = {
        id: uuidv7(),
        organizationId,
        slug,
        scope,
        amountNanoUsd: parseUsd(amount),
        period,
        timezone,
        enforcement,
        alertsAt: alertsAt.map(toThousandths),
      };
      return created('budget', toApi(await tx.budget.create({ data })));
    });
    return this.get(organization, id, write.reach);
  }

  async list(organization: string, query: ListQuery, reach: Reach): Promise<Page<BudgetStateAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const visible = await scopesInReach(this.database, 'budgets', organizationId, reach);
    return page(
      query,
      ({ id, order }) => this.database.budget.findMany({ where: { organizationId, id, ...visible }, ...order }),
      (row) => this.states.of(row),
    );
  }

  async get(organization: string, budget: string, reach: Reach): Promise<BudgetStateAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    return this.states.of(await findBudget(this.database, organizationId, budget, reach));
  }

  async update(organization: string, budget: string, body: UpdateBudget, write: Write): Promise<BudgetStateAnswer> {
    const { amount, enforcement, alertsAt } = body;
    await this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findBudget(tx, organizationId, budget, write.reach);
      await requireScopeInReach(tx, organizationId, before.scope, write.reach);
      requireMatch(ifMatch, before);
      const after = await tx.budget.update({
        where: { id: before.id, organizationId },
        data: defined({
          amountNanoUsd: amount === undefined ? undefined : parseUsd(amount),
          enforcement,
          alertsAt: alertsAt?.map(toThousandths),
        }),
      });
      return updated('budget', toApi(before), toApi(after));
    });
    return this.get(organization, budget, write.reach);
  }

  remove(organization: string, budget: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findBudget(tx, organizationId, budget, write.reach);
      await requireScopeInReach(tx, organizationId, row.scope, write.reach);
      requireMatch(ifMatch, row);
      await tx.budget.delete({ where: { id: row.id, organizationId } });
      return deleted('budget', toApi(row));
    });
  }
}

async function findBudget(database: Prisma.TransactionClient, organizationId: string, budget: string, reach: Reach) {
  const visible = await scopesInReach(database, 'budgets', organizationId, reach);
  return lookUp(organizationId, budget, (where) => database.budget.findFirst({ where: { ...where, ...visible } }));
}
