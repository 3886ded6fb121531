import { Body, Param, Query } from '@nestjs/common';
import type { AdminPrincipal } from '#libs/identity';
import { PrincipalOf } from '../access/access.js';
import { Requires } from '../access/requires.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, Read, Remove, Resource, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateOrganization, OrganizationAnswer, UpdateOrganization } from './organizations.dto.js';
import { OrganizationsService } from './organizations.service.js';

@Resource('organizations', 'organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Requires('organizations:found')
  @Create(OrganizationAnswer)
  create(@Body() body: CreateOrganization, @WriteOf() write: Write): Promise<OrganizationAnswer> {
    return this.organizations.create(body, write);
  }

  @List(OrganizationAnswer)
  list(@Query() query: ListQuery, @PrincipalOf() principal: AdminPrincipal): Promise<Page<OrganizationAnswer>> {
    return this.organizations.list(query, principal);
  }

  @Read(OrganizationAnswer, ':organization')
  get(@Param('organization') organization: string): Promise<OrganizationAnswer> {
    return this.organizations.get(organization);
  }

  @Update(OrganizationAnswer, ':organization')
  update(
    @Param('organization') organization: string,
    @Body() body: UpdateOrganization,
    @WriteOf() write: Write,
  ): Promise<OrganizationAnswer> {
    return this.organizations.update(organization, body, write);
  }

  @Requires('organizations:found')
  @Remove(':organization')
  remove(@Param('organization') organization: string, @WriteOf() write: Write): Promise<void> {
    return this.organizations.remove(organization, write);
  }
}
