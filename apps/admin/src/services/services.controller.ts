import { Body, Param, Query } from '@nestjs/common';
import { ReachOf } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Act, Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreatedServiceAnswer, CreateService, ServiceAnswer, UpdateService } from './services.dto.js';
import { ServicesService } from './services.service.js';

@OrganizationResource('services')
export class ServicesController {
  constructor(private readonly services: ServicesService) {}

  @Create(CreatedServiceAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateService,
    @WriteOf() write: Write,
  ): Promise<CreatedServiceAnswer> {
    return this.services.create(organization, body, write);
  }

  @List(ServiceAnswer)
  list(
    @Param('organization') organization: string,
    @Query() query: ListQuery,
    @ReachOf() reach: Reach,
  ): Promise<Page<ServiceAnswer>> {
    return this.services.list(organization, query, reach);
  }

  @Read(ServiceAnswer, ':service')
  get(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @ReachOf() reach: Reach,
  ): Promise<ServiceAnswer> {
    return this.services.get(organization, service, reach);
  }

  @Update(ServiceAnswer, ':service')
  update(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @Body() body: UpdateService,
    @WriteOf() write: Write,
  ): Promise<ServiceAnswer> {
    return this.services.update(organization, service, body, write);
  }

  /** Ends the service with all its credentials, keys and tokens, at every gateway within a second; it stays for the record. */
  @Act(ServiceAnswer, ':service/decommission')
  decommission(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @WriteOf() write: Write,
  ): Promise<ServiceAnswer> {
    return this.services.decommission(organization, service, write);
  }

  @Remove(':service')
  remove(
    @Param('organization') organization: string,
    @Param('service') service: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.services.remove(organization, service, write);
  }
}
