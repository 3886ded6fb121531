import { Param, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ReachOf } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import type { Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { OrganizationResource, Read } from '../http/resource.js';
import { RequestCostAnswer } from './cost/cost.dto.js';
import { RequestAnswer } from './requests.dto.js';
import { type RequestsFilter, RequestsFilterPipe, RequestsQuery } from './requests.query.js';
import { RequestsService } from './requests.service.js';

@OrganizationResource('requests')
export class RequestsController {
  constructor(private readonly requests: RequestsService) {}

  /** The log of calls, newest first. */
  @List(RequestAnswer)
  @ApiQuery({ type: RequestsQuery })
  @ApiQuery({
    name: 'tag.{key}',
    required: false,
    description: 'Calls with this value of a tag',
    example: 'tag.env=prod',
  })
  list(
    @Param('organization') organization: string,
    @Query(RequestsFilterPipe) filter: RequestsFilter,
    @ReachOf() reach: Reach,
  ): Promise<Page<RequestAnswer>> {
    return this.requests.list(organization, filter, reach);
  }

  @Read(RequestAnswer, ':request')
  get(
    @Param('organization') organization: string,
    @Param('request') request: string,
    @ReachOf() reach: Reach,
  ): Promise<RequestAnswer> {
    return this.requests.get(organization, request, reach);
  }

  /** How its cost came about: tokens by kind, each at its price. */
  @Read(RequestCostAnswer, ':request/cost')
  cost(
    @Param('organization') organization: string,
    @Param('request') request: string,
    @ReachOf() reach: Reach,
  ): Promise<RequestCostAnswer> {
    return this.requests.cost(organization, request, reach);
  }
}
