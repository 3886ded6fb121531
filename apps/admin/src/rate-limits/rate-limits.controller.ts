import { Body, Param, Query } from '@nestjs/common';
import { ReachOf } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateRateLimit, RateLimitAnswer, UpdateRateLimit } from './rate-limits.dto.js';
import { RateLimitsService } from './rate-limits.service.js';

@OrganizationResource('rate-limits')
export class RateLimitsController {
  constructor(private readonly rateLimits: RateLimitsService) {}

  @Create(RateLimitAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateRateLimit,
    @WriteOf() write: Write,
  ): Promise<RateLimitAnswer> {
    return this.rateLimits.create(organization, body, write);
  }

  @List(RateLimitAnswer)
  list(
    @Param('organization') organization: string,
    @Query() query: ListQuery,
    @ReachOf() reach: Reach,
  ): Promise<Page<RateLimitAnswer>> {
    return this.rateLimits.list(organization, query, reach);
  }

  @Read(RateLimitAnswer, ':rateLimit')
  get(
    @Param('organization') organization: string,
    @Param('rateLimit') rateLimit: string,
    @ReachOf() reach: Reach,
  ): Promise<RateLimitAnswer> {
    return this.rateLimits.get(organization, rateLimit, reach);
  }

  @Update(RateLimitAnswer, ':rateLimit')
  update(
    @Param('organization') organization: string,
    @Param('rateLimit') rateLimit: string,
    @Body() body: UpdateRateLimit,
    @WriteOf() write: Write,
  ): Promise<RateLimitAnswer> {
    return this.rateLimits.update(organization, rateLimit, body, write);
  }

  @Remove(':rateLimit')
  remove(
    @Param('organization') organization: string,
    @Param('rateLimit') rateLimit: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.rateLimits.remove(organization, rateLimit, write);
  }
}
