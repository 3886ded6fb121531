import { Body, Param, Query } from '@nestjs/common';
import { ReachOf } from '../../access/access.js';
import type { Reach } from '../../access/reach.js';
import { ListQuery, type Page } from '../../http/list.js';
import { List } from '../../http/page-answer.js';
import { Create, OrganizationResource, Remove } from '../../http/resource.js';
import { type Write, WriteOf } from '../../http/write.js';
import { CreateCredential, CreatedCredentialAnswer, CredentialAnswer } from './credentials.dto.js';
import { CredentialsService } from './credentials.service.js';

@OrganizationResource('services/:service/credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Create(CreatedCredentialAnswer)
  create(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Body() body: CreateCredential,
    @WriteOf() write: Write,
  ): Promise<CreatedCredentialAnswer> {
    return this.credentials.create(organization, service, body, write);
  }

  @List(CredentialAnswer)
  list(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Query() query: ListQuery,
    @ReachOf() reach: Reach,
  ): Promise<Page<CredentialAnswer>> {
    return this.credentials.list(organization, service, query, reach);
  }

  @Remove(':credential')
  remove(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Param('credential') credential: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.credentials.remove(organization, service, credential, write);
  }
}
