import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateModel, ModelAnswer, ModelStateAnswer, UpdateModel } from './models.dto.js';
import { ModelsService } from './models.service.js';

@OrganizationResource('models')
export class ModelsController {
  constructor(private readonly models: ModelsService) {}

  @Create(ModelAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateModel,
    @WriteOf() write: Write,
  ): Promise<ModelAnswer> {
    return this.models.create(organization, body, write);
  }

  @List(ModelStateAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<ModelStateAnswer>> {
    return this.models.list(organization, query);
  }

  @Read(ModelStateAnswer, ':model')
  get(@Param('organization') organization: string, @Param('model') model: string): Promise<ModelStateAnswer> {
    return this.models.get(organization, model);
  }

  @Update(ModelAnswer, ':model')
  update(
    @Param('organization') organization: string,
    @Param('model') model: string,
    @Body() body: UpdateModel,
    @WriteOf() write: Write,
  ): Promise<ModelAnswer> {
    return this.models.update(organization, model, body, write);
  }

  @Remove(':model')
  remove(
    @Param('organization') organization: string,
    @Param('model') model: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.models.remove(organization, model, write);
  }
}
