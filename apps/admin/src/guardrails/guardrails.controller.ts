import { Body, Param, Query } from '@nestjs/common';
import { Requires } from '../access/requires.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Ask, Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateGuardrail, GuardrailAnswer, TestAnswer, TestGuardrails, UpdateGuardrail } from './guardrails.dto.js';
import { GuardrailsService } from './guardrails.service.js';

@OrganizationResource('guardrails')
export class GuardrailsController {
  constructor(private readonly guardrails: GuardrailsService) {}

  @Create(GuardrailAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateGuardrail,
    @WriteOf() write: Write,
  ): Promise<GuardrailAnswer> {
    return this.guardrails.create(organization, body, write);
  }

  @List(GuardrailAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<GuardrailAnswer>> {
    return this.guardrails.list(organization, query);
  }

  @Read(GuardrailAnswer, ':guardrail')
  get(@Param('organization') organization: string, @Param('guardrail') guardrail: string): Promise<GuardrailAnswer> {
    return this.guardrails.get(organization, guardrail);
  }

  @Requires('guardrails:read')
  @Ask(TestAnswer, 'test')
  test(@Param('organization') organization: string, @Body() body: TestGuardrails): Promise<TestAnswer> {
    return this.guardrails.test(organization, body);
  }

  @Update(GuardrailAnswer, ':guardrail')
  update(
    @Param('organization') organization: string,
    @Param('guardrail') guardrail: string,
    @Body() body: UpdateGuardrail,
    @WriteOf() write: Write,
  ): Promise<GuardrailAnswer> {
    return this.guardrails.update(organization, guardrail, body, write);
  }

  @Remove(':guardrail')
  remove(
    @Param('organization') organization: string,
    @Param('guardrail') guardrail: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.guardrails.remove(organization, guardrail, write);
  }
}
