import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { PrismaClient } from '#libs/database';
import { QUEUES, type WebhookDeliveryJob, type WebhookEvent } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { announce } from '#libs/webhooks';
import { LOGGER } from '../../connections/tokens.js';
import { ATTEMPTS } from './attempts.js';

/** The way to tell an organization that something happened: once in the log, and once to each of its webhooks that want it. */
@Injectable()
export class Webhooks {
  constructor(
    @InjectQueue(QUEUES.webhooks) private readonly queue: Queue<WebhookDeliveryJob>,
    private readonly prisma: PrismaClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Does nothing for an event that was announced before. Rejects while Postgres is away; then announce it again. */
  async announce(event: WebhookEvent): Promise<void> {
    const { isNew, deliveryIds } = await this.prisma.$transaction((tx) => announce(tx, event));
    if (!isNew) return;
    const { organizationId, type, data } = event;
    this.logger.warn({ organizationId, event: type, ...data }, 'announced');
    await this.deliver(deliveryIds);
  }

  /** Has deliveries made. One that is being made already is left alone. */
  async deliver(deliveryIds: readonly string[]): Promise<void> {
    const jobs = deliveryIds.map((deliveryId) => ({
      name: QUEUES.webhooks,
      data: { deliveryId },
      opts: { ...ATTEMPTS, jobId: deliveryId },
    }));
    await this.queue.addBulk(jobs);
  }
}
