import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Pool } from 'pg';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { checkDay, checkMonth, daysFrom, markForFolding, type RollupDifference } from '#libs/ledger';
import { QUEUES } from '#libs/messages';
import { Counter, type Logger, type Registry } from '#libs/telemetry';
import { CLOCK, LOGGER, METRICS, POOL } from '../../connections/tokens.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { announcement, incident } from './incident.js';

const DAY_MS = 86_400_000;
/** Two months: what can still be billed. Older rollups change only when older records come. */
const DAYS = 62;
const NIGHTLY_AT_0130 = '30 1 * * *';

/**
 * Compares rollups with the records that they sum, nightly. A difference is an incident: in the audit trail, the log and the
 * metrics, and told to webhooks; and what differs is folded anew.
 */
@Processor(QUEUES.checkRollups)
export class CheckRollupsProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly differences: Counter<'span'>;

  constructor(
    @InjectQueue(QUEUES.checkRollups) private readonly queue: Queue,
    private readonly prisma: PrismaClient,
    private readonly webhooks: Webhooks,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Registry,
  ) {
    super();
    this.differences = new Counter({
      name: 'tollgate_rollup_differences_total',
      help: 'Rollups of hours, days and months found to differ from what they sum.',
      labelNames: ['span'],
      registers: [metrics],
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const template = { name: 'nightly', data: {}, opts: { attempts: 3, backoff: 60_000, removeOnComplete: 10 } };
    await this.queue.upsertJobScheduler('nightly', { pattern: NIGHTLY_AT_0130, tz: 'UTC' }, template);
  }

  async process(): Promise<void> {
    const days = daysFrom(this.clock.now() - DAYS * DAY_MS, DAYS + 1);
    for (const day of days) await this.answerFor(await checkDay(this.pool, day));
    const months = new Set(days.map((day) => day.slice(0, 7)));
    for (const month of months) await this.answerFor(await checkMonth(this.pool, month));
    this.logger.info({ days: days.length, months: months.size }, 'compared rollups with records');
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, error }, 'rollups could not be compared with records');
  }

  private async answerFor(differences: readonly RollupDifference[]): Promise<void> {
    for (const difference of differences) {
      const event = incident(difference, this.clock.now());
      this.differences.inc({ span: difference.span });
      this.logger.error(
        { organizationId: event.organizationId, rollup: event.resource.id, found: event.before, expected: event.after },
        'a rollup differs from its records',
      );
      await this.prisma.$transaction((tx) => append(tx, event));
      await this.webhooks.announce(announcement(event));
      await markForFolding(this.pool, difference);
    }
  }
}
