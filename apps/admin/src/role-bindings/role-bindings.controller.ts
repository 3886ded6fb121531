import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateRoleBinding, RoleBindingAnswer } from './role-bindings.dto.js';
import { RoleBindingsService } from './role-bindings.service.js';

@OrganizationResource('role-bindings')
export class RoleBindingsController {
  constructor(private readonly roleBindings: RoleBindingsService) {}

  @Create(RoleBindingAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateRoleBinding,
    @WriteOf() write: Write,
  ): Promise<RoleBindingAnswer> {
    return this.roleBindings.create(organization, body, write);
  }

  @List(RoleBindingAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<RoleBindingAnswer>> {
    return this.roleBindings.list(organization, query);
  }

  @Read(RoleBindingAnswer, ':roleBinding')
  get(
    @Param('organization') organization: string,
    @Param('roleBinding') roleBinding: string,
  ): Promise<RoleBindingAnswer> {
    return this.roleBindings.get(organization, roleBinding);
  }

  @Remove(':roleBinding')
  remove(
    @Param('organization') organization: string,
    @Param('roleBinding') roleBinding: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.roleBindings.remove(organization, roleBinding, write);
  }
}
