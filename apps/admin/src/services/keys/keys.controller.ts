import { Body, Param, Query } from '@nestjs/common';
import { ReachOf } from '../../access/access.js';
import type { Reach } from '../../access/reach.js';
import { ListQuery, type Page } from '../../http/list.js';
import { List } from '../../http/page-answer.js';
import { Create, OrganizationResource, Remove } from '../../http/resource.js';
import { type Write, WriteOf } from '../../http/write.js';
import { CreatedKeyAnswer, CreateKey, KeyAnswer } from './keys.dto.js';
import { KeysService } from './keys.service.js';

@OrganizationResource('services/:service/keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Create(CreatedKeyAnswer)
  create(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Body() body: CreateKey,
    @WriteOf() write: Write,
  ): Promise<CreatedKeyAnswer> {
    return this.keys.create(organization, service, body, write);
  }

  @List(KeyAnswer)
  list(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Query() query: ListQuery,
    @ReachOf() reach: Reach,
  ): Promise<Page<KeyAnswer>> {
    return this.keys.list(organization, service, query, reach);
  }

  @Remove(':key')
  remove(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Param('key') key: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.keys.remove(organization, service, key, write);
  }
}
