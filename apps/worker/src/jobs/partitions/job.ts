import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { daysFrom, ensurePartitions } from '#libs/ledger';
import { type PartitionsJob, QUEUES } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, POOL } from '../../connections/tokens.js';

/** Today and a week: the job may fail for days before anyone notices, and even then ingest makes what it needs. */
const DAYS = 8;
const DAILY_AT_0010 = '10 0 * * *';

/** Makes the partitions of the days ahead, at start and daily. */
@Processor(QUEUES.partitions)
export class PartitionsProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    @InjectQueue(QUEUES.partitions) private readonly queue: Queue<PartitionsJob>,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.process();
    const template = { name: 'daily', data: {}, opts: { attempts: 5, backoff: 60_000, removeOnComplete: 10 } };
    await this.queue.upsertJobScheduler('daily', { pattern: DAILY_AT_0010, tz: 'UTC' }, template);
  }

  async process(): Promise<void> {
    const made = await ensurePartitions(this.pool, daysFrom(this.clock.now(), DAYS));
    if (made.length > 0) this.logger.info({ days: made }, 'made partitions of usage records');
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, error }, 'partitions could not be made');
  }
}
