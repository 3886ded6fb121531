import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Pool } from 'pg';
import { closeStatement } from '#libs/ledger';
import { type CloseStatementJob, QUEUES } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { LOGGER, POOL } from '../../connections/tokens.js';

/** Closes a statement that the admin app set to `closing`. One that is closed already stays as it is. */
@Processor(QUEUES.closeStatement)
export class CloseStatementProcessor extends WorkerHost {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process({ data: { organizationId, statementId } }: Job<CloseStatementJob>): Promise<void> {
    const { period, linesHash } = await closeStatement(this.pool, { id: statementId, organizationId });
    this.logger.info({ organizationId, statementId, period, linesHash }, 'closed a statement');
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'a statement could not be closed');
  }
}
