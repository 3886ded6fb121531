import { Module } from '@nestjs/common';
import { SealedSecrets } from '../provider-credentials/sealed-secrets.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

/** Where an organization wants to be told of what happens. */
@Module({
  controllers: [WebhooksController, DeliveriesController],
  providers: [WebhooksService, DeliveriesService, SealedSecrets],
})
export class WebhooksModule {}
