import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid } from '#libs/core';
import { PrismaClient, type Webhook } from '#libs/database';
import { QUEUES, type WebhookDeliveryJob } from '#libs/messages';
import { announceAgain, announceTest } from '#libs/webhooks';
import { found } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { CLOCK } from '../connections/tokens.js';
import { type ListQuery, newestFirst, type Page } from '../http/list.js';
import { JobQueues } from '../jobs/job-queues.js';
import { settled } from '../jobs/settled.js';
import type { DeliveryAnswer } from './webhooks.dto.js';
import { toDelivery } from './webhooks.mapping.js';
import { findWebhook } from './webhooks.service.js';

/** How long an answer waits for the first attempt. */
const TRIED_WITHIN_MS = 5_000;

/** What was sent to a webhook, and how to send it again. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly jobs: JobQueues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(organization: string, webhook: string, query: ListQuery): Promise<Page<DeliveryAnswer>> {
    const { id: webhookId } = await this.find(organization, webhook);
    return newestFirst(
      query,
      ({ id, order }) =>
        this.database.webhookDelivery.findMany({ where: { webhookId, id }, include: { event: true }, ...order }),
      toDelivery,
    );
  }

  async get(organization: string, webhook: string, delivery: string): Promise<DeliveryAnswer> {
    return this.read(await this.find(organization, webhook), delivery);
  }

  /** Sends a test event, and answers with what came of the first attempt when it is made within five seconds. */
  async test(organization: string, webhook: string): Promise<DeliveryAnswer> {
    const row = await this.find(organization, webhook);
    return this.made(row, await this.database.$transaction((tx) => announceTest(tx, row, this.clock.now())));
  }

  /** Sends the event of a delivery once more, under the same `webhook-id`. */
  async redeliver(organization: string, webhook: string, delivery: string): Promise<DeliveryAnswer> {
    const row = await this.find(organization, webhook);
    const { event } = await this.read(row, delivery);
    return this.made(row, await announceAgain(this.database, row.id, event.id, this.clock.now()));
  }

  private async made(webhook: Webhook, deliveryId: string): Promise<DeliveryAnswer> {
    const job: WebhookDeliveryJob = { deliveryId };
    await this.jobs.add(QUEUES.webhooks, deliveryId, job);
    const isTried = ({ attempts }: DeliveryAnswer): boolean => attempts > 0;
    return settled(() => this.read(webhook, deliveryId), isTried, TRIED_WITHIN_MS, this.clock);
  }

  private async find(organization: string, webhook: string): Promise<Webhook> {
    return findWebhook(this.database, await this.organizations.idOf(organization), webhook);
  }

  private async read({ id: webhookId }: Webhook, id: string): Promise<DeliveryAnswer> {
    const where = { id, webhookId };
    const row = isUuid(id) ? await this.database.webhookDelivery.findFirst({ where, include: { event: true } }) : null;
    return toDelivery(found(row, id));
  }
}
