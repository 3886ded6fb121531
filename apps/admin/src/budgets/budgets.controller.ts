import { Body, Param, Query } from '@nestjs/common';
import { ReachOf } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { BudgetStateAnswer, CreateBudget, UpdateBudget } from './budgets.dto.js';
import { BudgetsService } from './budgets.service.js';

@OrganizationResource('budgets')
export class BudgetsController {
  constructor(private readonly budgets: BudgetsService) {}

  @Create(BudgetStateAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateBudget,
    @WriteOf() write: Write,
  ): Promise<BudgetStateAnswer> {
    return this.budgets.create(organization, body, write);
  }

  @List(BudgetStateAnswer)
  list(
    @Param('organization') organization: string,
    @Query() query: ListQuery,
    @ReachOf() reach: Reach,
  ): Promise<Page<BudgetStateAnswer>> {
    return this.budgets.list(organization, query, reach);
  }

  @Read(BudgetStateAnswer, ':budget')
  get(
    @Param('organization') organization: string,
    @Param('budget') budget: string,
    @ReachOf() reach: Reach,
  ): Promise<BudgetStateAnswer> {
    return this.budgets.get(organization, budget, reach);
  }

  @Update(BudgetStateAnswer, ':budget')
  update(
    @Param('organization') organization: string,
    @Param('budget') budget: string,
    @Body() body: UpdateBudget,
    @WriteOf() write: Write,
  ): Promise<BudgetStateAnswer> {
    return this.budgets.update(organization, budget, body, write);
  }

  @Remove(':budget')
  remove(
    @Param('organization') organization: string,
    @Param('budget') budget: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.budgets.remove(organization, budget, write);
  }
}
