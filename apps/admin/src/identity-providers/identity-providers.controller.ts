import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateIdentityProvider, IdentityProviderAnswer, UpdateIdentityProvider } from './identity-providers.dto.js';
import { IdentityProvidersService } from './identity-providers.service.js';

@OrganizationResource('identity-providers')
export class IdentityProvidersController {
  constructor(private readonly identityProviders: IdentityProvidersService) {}

  @Create(IdentityProviderAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateIdentityProvider,
    @WriteOf() write: Write,
  ): Promise<IdentityProviderAnswer> {
    return this.identityProviders.create(organization, body, write);
  }

  @List(IdentityProviderAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<IdentityProviderAnswer>> {
    return this.identityProviders.list(organization, query);
  }

  @Read(IdentityProviderAnswer, ':identityProvider')
  get(
    @Param('organization') organization: string,
    @Param('identityProvider') identityProvider: string,
  ): Promise<IdentityProviderAnswer> {
    return this.identityProviders.get(organization, identityProvider);
  }

  @Update(IdentityProviderAnswer, ':identityProvider')
  update(
    @Param('organization') organization: string,
    @Param('identityProvider') identityProvider: string,
    @Body() body: UpdateIdentityProvider,
    @WriteOf() write: Write,
  ): Promise<IdentityProviderAnswer> {
    return this.identityProviders.update(organization, identityProvider, body, write);
  }

  @Remove(':identityProvider')
  remove(
    @Param('organization') organization: string,
    @Param('identityProvider') identityProvider: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.identityProviders.remove(organization, identityProvider, write);
  }
}
