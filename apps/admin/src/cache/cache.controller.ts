import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { InvalidateCache, InvalidationAnswer } from './cache.dto.js';
import { CacheService } from './cache.service.js';

/** Which cached answers are used no more. */
@OrganizationResource('cache/invalidations')
export class CacheController {
  constructor(private readonly cache: CacheService) {}

  @Create(InvalidationAnswer)
  invalidate(
    @Param('organization') organization: string,
    @Body() body: InvalidateCache,
    @WriteOf() write: Write,
  ): Promise<InvalidationAnswer> {
    return this.cache.invalidate(organization, body, write);
  }

  @List(InvalidationAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<InvalidationAnswer>> {
    return this.cache.list(organization, query);
  }
}
