import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Ask, Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import {
  CreateProviderCredential,
  ProbeAnswer,
  ProviderCredentialAnswer,
  UpdateProviderCredential,
} from './provider-credentials.dto.js';
import { ProviderCredentialsService } from './provider-credentials.service.js';

@OrganizationResource('provider-credentials')
export class ProviderCredentialsController {
  constructor(private readonly credentials: ProviderCredentialsService) {}

  @Create(ProviderCredentialAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateProviderCredential,
    @WriteOf() write: Write,
  ): Promise<ProviderCredentialAnswer> {
    return this.credentials.create(organization, body, write);
  }

  @List(ProviderCredentialAnswer)
  list(
    @Param('organization') organization: string,
    @Query() query: ListQuery,
  ): Promise<Page<ProviderCredentialAnswer>> {
    return this.credentials.list(organization, query);
  }

  @Read(ProviderCredentialAnswer, ':credential')
  get(
    @Param('organization') organization: string,
    @Param('credential') credential: string,
  ): Promise<ProviderCredentialAnswer> {
    return this.credentials.get(organization, credential);
  }

  @Ask(ProbeAnswer, ':credential/test')
  test(@Param('organization') organization: string, @Param('credential') credential: string): Promise<ProbeAnswer> {
    return this.credentials.test(organization, credential);
  }

  @Update(ProviderCredentialAnswer, ':credential')
  update(
    @Param('organization') organization: string,
    @Param('credential') credential: string,
    @Body() body: UpdateProviderCredential,
    @WriteOf() write: Write,
  ): Promise<ProviderCredentialAnswer> {
    return this.credentials.update(organization, credential, body, write);
  }

  @Remove(':credential')
  remove(
    @Param('organization') organization: string,
    @Param('credential') credential: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.credentials.remove(organization, credential, write);
  }
}
