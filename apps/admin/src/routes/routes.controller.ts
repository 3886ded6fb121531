import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateRoute, RouteAnswer, UpdateRoute } from './routes.dto.js';
import { RoutesService } from './routes.service.js';

@OrganizationResource('routes')
export class RoutesController {
  constructor(private readonly routes: RoutesService) {}

  @Create(RouteAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateRoute,
    @WriteOf() write: Write,
  ): Promise<RouteAnswer> {
    return this.routes.create(organization, body, write);
  }

  @List(RouteAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<RouteAnswer>> {
    return this.routes.list(organization, query);
  }

  @Read(RouteAnswer, ':route')
  get(@Param('organization') organization: string, @Param('route') route: string): Promise<RouteAnswer> {
    return this.routes.get(organization, route);
  }

  @Update(RouteAnswer, ':route')
  update(
    @Param('organization') organization: string,
    @Param('route') route: string,
    @Body() body: UpdateRoute,
    @WriteOf() write: Write,
  ): Promise<RouteAnswer> {
    return this.routes.update(organization, route, body, write);
  }

  @Remove(':route')
  remove(
    @Param('organization') organization: string,
    @Param('route') route: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.routes.remove(organization, route, write);
  }
}
