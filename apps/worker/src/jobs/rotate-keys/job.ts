import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { QUEUES, type RenewDataKeysJob } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import type { MasterKey } from '#libs/vault';
import type { WorkerConfig } from '../../connections/config.js';
import { CLOCK, CONFIG, LOGGER, MASTER_KEY } from '../../connections/tokens.js';
import { renewDataKey } from './renew.js';

const DAY_MS = 86_400_000;
const DAILY_AT_0340 = '40 3 * * *';

/** Renews data keys: daily those past their age, and at once the one that somebody asks for. */
@Processor(QUEUES.renewDataKeys)
export class RenewDataKeysProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    @InjectQueue(QUEUES.renewDataKeys) private readonly queue: Queue<RenewDataKeysJob>,
    private readonly prisma: PrismaClient,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    const template = {
      name: 'daily',
      data: { organizationId: null },
      opts: { removeOnComplete: 10, removeOnFail: 10 },
    };
    await this.queue.upsertJobScheduler('daily', { pattern: DAILY_AT_0340, tz: 'UTC' }, template);
  }

  /** The job's result is how many keys were renewed. One that cannot be renewed does not keep the others from it. */
  async process({ data: { organizationId } }: Job<RenewDataKeysJob>): Promise<number> {
    const due = organizationId === null ? await this.pastTheirAge() : [organizationId];
    const failures: unknown[] = [];
    for (const id of due) {
      try {
        const { prisma, masterKey, clock } = this;
        const secrets = await renewDataKey({ prisma, masterKey, clock }, id);
        this.logger.info({ organizationId: id, secrets }, 'renewed a data key');
      } catch (error) {
        this.logger.error({ organizationId: id, error }, 'a data key could not be renewed');
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} data keys could not be renewed`);
    return due.length;
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'data keys could not be renewed');
  }

  private async pastTheirAge(): Promise<string[]> {
    if (this.config.dataKeyDays === 0) return [];
    const madeBefore = new Date(this.clock.now() - this.config.dataKeyDays * DAY_MS);
    const rows = await this.prisma.organization.findMany({
      where: { dataKeyMadeAt: { lt: madeBefore } },
      orderBy: { dataKeyMadeAt: 'asc' },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }
}
