import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, Read, Remove, Resource, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateOrganization, OrganizationAnswer, UpdateOrganization } from './organizations.dto.js';
import { OrganizationsService } from './organizations.service.js';

@Resource('organizations', 'organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Create(OrganizationAnswer)
  create(@Body() body: CreateOrganization, @WriteOf() write: Write): Promise<OrganizationAnswer> {
    return this.organizations.create(body, write);
  }

  @List(OrganizationAnswer)
  list(@Query() query: ListQuery): Promise<Page<OrganizationAnswer>> {
    return this.organizations.list(query);
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

  @Remove(':organization')
  remove(@Param('organization') organization: string, @WriteOf() write: Write): Promise<void> {
    return this.organizations.remove(organization, write);
  }
}
