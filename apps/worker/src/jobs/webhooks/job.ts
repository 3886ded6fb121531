import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { QUEUES, type WebhookDeliveryJob } from '#libs/messages';
import { Counter, type Logger, type Registry } from '#libs/telemetry';
import type { MasterKey } from '#libs/vault';
import type { WorkerConfig } from '../../connections/config.js';
import { CLOCK, CONFIG, LOGGER, MASTER_KEY, METRICS } from '../../connections/tokens.js';
import { retryWithinMs } from './attempts.js';
import { type DeliverParts, deliver } from './deliver.js';
import { forgetOldEvents, overdueDeliveries } from './tidy.js';
import { Webhooks } from './webhooks.js';

/** Name of the job that takes up lost deliveries and deletes old ones. */
const TIDY = 'tidy';
const TIDY_EVERY_MS = 60_000;
/** A receiver that answers slowly holds up only its own. */
const AT_ONCE = 16;

/** Sends what was announced to the webhooks that want it, each delivery until it was taken or has failed too often. */
@Processor(QUEUES.webhooks, { concurrency: AT_ONCE })
export class WebhooksProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly parts: DeliverParts;
  private readonly attempts: Counter<'outcome'>;

  constructor(
    @InjectQueue(QUEUES.webhooks) private readonly queue: Queue,
    private readonly webhooks: Webhooks,
    private readonly prisma: PrismaClient,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(MASTER_KEY) masterKey: MasterKey,
    @Inject(CONFIG) { allowPrivateUpstreams: allowPrivate }: WorkerConfig,
    @Inject(METRICS) metrics: Registry,
  ) {
    super();
    this.parts = { prisma, masterKey, clock, allowPrivate };
    this.attempts = new Counter({
      name: 'tollgate_webhook_attempts_total',
      help: 'Attempts to deliver events to webhooks by what came of them: over (taken, or given up) or again.',
      labelNames: ['outcome'],
      registers: [metrics],
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const opts = { removeOnComplete: 1, removeOnFail: 10 };
    await this.queue.upsertJobScheduler(TIDY, { every: TIDY_EVERY_MS }, { name: TIDY, opts });
  }

  async process(job: Job<WebhookDeliveryJob>): Promise<void> {
    if (job.name === TIDY) return this.tidy();
    const error = await deliver(this.parts, job.data.deliveryId, retryWithinMs(job));
    this.attempts.inc({ outcome: error === null ? 'over' : 'again' });
    // BullMQ tries again what throws.
    if (error !== null) throw new Error(error);
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.info({ delivery: job?.data, attempt: job?.attemptsMade, error: error.message }, 'a delivery failed');
  }

  private async tidy(): Promise<void> {
    await this.webhooks.deliver(await overdueDeliveries(this.prisma, this.clock.now()));
    const forgotten = await forgetOldEvents(this.prisma, this.clock.now());
    if (forgotten > 0) this.logger.info({ events: forgotten }, 'deleted old events of webhooks');
  }
}
