import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { retain } from '#libs/ledger';
import { QUEUES } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, POOL } from '../../connections/tokens.js';

const NIGHTLY_AT_0230 = '30 2 * * *';

/** Deletes usage records that their organizations no longer want to keep, nightly, after the check of rollups. */
@Processor(QUEUES.retain)
export class RetainProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    @InjectQueue(QUEUES.retain) private readonly queue: Queue,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    const template = { name: 'nightly', data: {}, opts: { attempts: 3, backoff: 300_000, removeOnComplete: 10 } };
    await this.queue.upsertJobScheduler('nightly', { pattern: NIGHTLY_AT_0230, tz: 'UTC' }, template);
  }

  async process(): Promise<void> {
    const { dropped, deleted, waiting } = await retain(this.pool, this.clock.now());
    if (dropped.length + deleted > 0)
      this.logger.info({ days: dropped, records: deleted }, 'deleted old usage records');
    if (waiting.length > 0) this.logger.warn({ organizations: waiting }, 'old usage records wait for their rollups');
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, error }, 'old usage records could not be deleted');
  }
}
