import { Param, Query } from '@nestjs/common';
import { ReachOf } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import type { Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { OrganizationResource } from '../http/resource.js';
import { PerformanceQueryParameters, PerformanceRow, UsageQueryParameters, UsageRow } from './usage.dto.js';
import { UsageService } from './usage.service.js';

@OrganizationResource('usage')
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  /** Sums over the ledger, grouped, right to the last call that was recorded. */
  @List(UsageRow)
  report(
    @Param('organization') organization: string,
    @Query() query: UsageQueryParameters,
    @ReachOf() reach: Reach,
  ): Promise<Page<UsageRow>> {
    return this.usage.report(organization, query, reach);
  }

  /** How fast calls were answered, how many failed, how many the cache answered. */
  @List(PerformanceRow, 'performance')
  performance(
    @Param('organization') organization: string,
    @Query() query: PerformanceQueryParameters,
    @ReachOf() reach: Reach,
  ): Promise<Page<PerformanceRow>> {
    return this.usage.performance(organization, query, reach);
  }
}
