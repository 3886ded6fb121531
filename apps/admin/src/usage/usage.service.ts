import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { type PerformanceInterval, type PerformanceQuery, performanceReport, usageReport } from '#libs/ledger';
import { type Reach, slugsInReach } from '../access/reach.js';
import { Organizations } from '../change/organizations.js';
import { CLOCK, POOL } from '../connections/tokens.js';
import type { Page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { PerformanceQueryParameters, PerformanceRow, UsageQueryParameters, UsageRow } from './usage.dto.js';
import { toApi, toPerformanceQuery, toQuery } from './usage.mapping.js';

const ROWS_MAX = 10_000;
const INTERVALS_MAX = 1_500;

@Injectable()
export class UsageService {
  constructor(
    private readonly organizations: Organizations,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All rows at once: a report of which the rest is on another page would be read as the whole. */
  async report(organization: string, parameters: UsageQueryParameters, reach: Reach): Promise<Page<UsageRow>> {
    const organizationId = await this.organizations.idOf(organization);
    const query = toQuery(organizationId, parameters, this.clock.now());
    if (query.from >= query.to) throw invalidField('from', 'must be before `to`');
    const sums = await usageReport(this.pool, { ...query, teams: slugsInReach(reach), limit: ROWS_MAX + 1 });
    if (sums.length > ROWS_MAX)
      throw invalidField(
        'groupBy',
        `makes more than ${ROWS_MAX} rows: ask for less time, a longer interval or fewer keys`,
      );
    return { data: sums.map((row) => toApi(row, query.groupBy)), nextCursor: null };
  }

  async performance(
    organization: string,
    parameters: PerformanceQueryParameters,
    reach: Reach,
  ): Promise<Page<PerformanceRow>> {
    const organizationId = await this.organizations.idOf(organization);
    const query = toPerformanceQuery(organizationId, parameters, this.clock.now());
    if (query.from >= query.to) throw invalidField('from', 'must be before `to`');
    if (intervalsIn(query) > INTERVALS_MAX)
      throw invalidField('interval', `makes more than ${INTERVALS_MAX} rows: ask for less time or a longer interval`);
    return { data: await performanceReport(this.pool, { ...query, teams: slugsInReach(reach) }), nextCursor: null };
  }
}

const INTERVAL_MS: Readonly<Record<PerformanceInterval, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

function intervalsIn({ interval, from, to }: Pick<PerformanceQuery, 'interval' | 'from' | 'to'>): number {
  return interval === null ? 1 : (to.getTime() - from.getTime()) / INTERVAL_MS[interval];
}
