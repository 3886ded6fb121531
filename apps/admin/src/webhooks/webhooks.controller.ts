import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Act, Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateWebhook, UpdateWebhook, WebhookAnswer, WebhookSecretAnswer } from './webhooks.dto.js';
import { WebhooksService } from './webhooks.service.js';

@OrganizationResource('webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  /** The answer shows the secret that signs, once. */
  @Create(WebhookSecretAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateWebhook,
    @WriteOf() write: Write,
  ): Promise<WebhookSecretAnswer> {
    return this.webhooks.create(organization, body, write);
  }

  @List(WebhookAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<WebhookAnswer>> {
    return this.webhooks.list(organization, query);
  }

  @Read(WebhookAnswer, ':webhook')
  get(@Param('organization') organization: string, @Param('webhook') webhook: string): Promise<WebhookAnswer> {
    return this.webhooks.get(organization, webhook);
  }

  @Update(WebhookAnswer, ':webhook')
  update(
    @Param('organization') organization: string,
    @Param('webhook') webhook: string,
    @Body() body: UpdateWebhook,
    @WriteOf() write: Write,
  ): Promise<WebhookAnswer> {
    return this.webhooks.update(organization, webhook, body, write);
  }

  /** A new secret, shown once. The one before signs too for 24 hours. */
  @Act(WebhookSecretAnswer, ':webhook/rotate-secret')
  rotateSecret(
    @Param('organization') organization: string,
    @Param('webhook') webhook: string,
    @WriteOf() write: Write,
  ): Promise<WebhookSecretAnswer> {
    return this.webhooks.rotateSecret(organization, webhook, write);
  }

  @Remove(':webhook')
  remove(
    @Param('organization') organization: string,
    @Param('webhook') webhook: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.webhooks.remove(organization, webhook, write);
  }
}
