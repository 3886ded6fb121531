import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { QUEUES, type RebuildBudgetsJob } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, POOL, REDIS } from '../../connections/tokens.js';
import { type Rebuilt, rebuildBudgets } from './rebuild.js';

/** Counters of budgets from the ledger, because an operator asks for it. The job's result says which. */
@Processor(QUEUES.rebuildBudgets)
export class RebuildBudgetsProcessor extends WorkerHost {
  constructor(
    private readonly prisma: PrismaClient,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process({ data: { organizationId, budgetIds } }: Job<RebuildBudgetsJob>): Promise<Rebuilt> {
    const { prisma, pool, redis, clock } = this;
    const rebuilt = await rebuildBudgets({ prisma, pool, redis, clock }, organizationId, budgetIds);
    this.logger.info({ organizationId, ...rebuilt }, 'rebuilt budgets because it was asked for');
    return rebuilt;
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'budgets could not be rebuilt');
  }
}
