import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Pool } from 'pg';
import { foldHour, foldSpan, pendingHours, pendingSpans, type RollupHour } from '#libs/ledger';
import { QUEUES, type RollupJob } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { LOGGER, POOL } from '../../connections/tokens.js';
import { CATCH_UP } from './schedule.js';

/** Hours of one catch-up; the rest waits for the next. */
const CATCH_UP_HOURS = 1_000;

/** Days and months of one catch-up. */
const CATCH_UP_SPANS = 500;

/**
 * Usage records → rollups of hours, and every minute → of days and months. Each is computed anew, so a job may run twice, late,
 * or beside another.
 */
@Processor(QUEUES.rollup)
export class RollupProcessor extends WorkerHost {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process(job: Job<RollupJob>): Promise<void> {
    for (const hour of await this.hoursOf(job)) await foldHour(this.pool, hour);
    if (job.name === CATCH_UP)
      for (const span of await pendingSpans(this.pool, CATCH_UP_SPANS)) await foldSpan(this.pool, span);
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'a rollup failed');
  }

  private async hoursOf({ name, data }: Job<RollupJob>): Promise<readonly RollupHour[]> {
    if (name === CATCH_UP) return pendingHours(this.pool, CATCH_UP_HOURS);
    return data.hours.map((hour) => ({ organizationId: data.organizationId, hour }));
  }
}
