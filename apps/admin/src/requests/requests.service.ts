import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { isUuid } from '#libs/core';
import { findRequest, type LoggedRequest, readRequests } from '#libs/ledger';
import { type Reach, slugsInReach } from '../access/reach.js';
import { found } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { POOL } from '../connections/tokens.js';
import type { Page } from '../http/list.js';
import type { RequestCostAnswer } from './cost/cost.dto.js';
import { CostLines } from './cost/cost-lines.service.js';
import type { RequestAnswer } from './requests.dto.js';
import { decodePosition, encodePosition, toApi, toFilter } from './requests.mapping.js';
import type { RequestsFilter } from './requests.query.js';

@Injectable()
export class RequestsService {
  constructor(
    private readonly organizations: Organizations,
    @Inject(POOL) private readonly pool: Pool,
    private readonly costLines: CostLines,
  ) {}

  async list(organization: string, filter: RequestsFilter, reach: Reach): Promise<Page<RequestAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const { limit, cursor } = filter.query;
    const after = cursor ? decodePosition(cursor) : null;
    const visible = { ...toFilter(filter), teams: slugsInReach(reach) };
    const rows = await readRequests(this.pool, organizationId, visible, { after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { data: shown.map(toApi), nextCursor: last ? encodePosition(last) : null };
  }

  async get(organization: string, id: string, reach: Reach): Promise<RequestAnswer> {
    return toApi(await this.find(await this.organizations.idOf(organization), id, reach));
  }

  async cost(organization: string, id: string, reach: Reach): Promise<RequestCostAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    return this.costLines.of(organizationId, await this.find(organizationId, id, reach));
  }

  private async find(organizationId: string, id: string, reach: Reach): Promise<LoggedRequest> {
    const request = isUuid(id) ? await findRequest(this.pool, organizationId, id) : null;
    const visible = request && (slugsInReach(reach)?.includes(request.team) ?? true);
    return found(visible ? request : null, id);
  }
}
