import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Pool } from 'pg';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { closeStatement, type Statement } from '#libs/ledger';
import { type CloseStatementJob, QUEUES } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, POOL } from '../../connections/tokens.js';
import { closingEvent } from './closing-event.js';

/** Closes a statement that the admin app set to `closing`, and puts the hash of its lines into the audit trail, once. */
@Processor(QUEUES.closeStatement)
export class CloseStatementProcessor extends WorkerHost {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly prisma: PrismaClient,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process({ data: { organizationId, statementId } }: Job<CloseStatementJob>): Promise<void> {
    const statement = await closeStatement(this.pool, { id: statementId, organizationId });
    await this.prove(statement);
    const { period, linesHash } = statement;
    this.logger.info({ organizationId, statementId, period, linesHash }, 'closed a statement');
  }

  /** In a transaction of its own: when the worker dies before it, the job comes again, finds the statement closed, and proves it. */
  private async prove(statement: Statement): Promise<void> {
    const event = closingEvent(statement, this.clock.now());
    await this.prisma.$transaction(async (tx) => {
      // One at a time: of two workers with the same job, the second finds what the first wrote.
      await tx.$executeRaw`SELECT 1 FROM statements WHERE id = ${statement.id}::uuid FOR UPDATE`;
      const proof = { organizationId: statement.organizationId, action: event.action };
      const resource = { path: ['id'], equals: statement.id };
      if ((await tx.auditEvent.findFirst({ where: { ...proof, resource } })) === null) await append(tx, event);
    });
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'a statement could not be closed');
  }
}
