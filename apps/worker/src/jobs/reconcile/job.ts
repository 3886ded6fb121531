import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Pool } from 'pg';
import { type ReconciliationId, reconcile, unfinishedReconciliations } from '#libs/ledger';
import { QUEUES, type ReconcileJob } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import { LOGGER, POOL } from '../../connections/tokens.js';

/** Name of the job that takes up whatever lost its own: handed over while Redis was away, or with a process. */
const CATCH_UP = 'catch-up';
const CATCH_UP_EVERY_MS = 60_000;
/** A large file takes minutes; one that is being read is skipped by its own lock. */
const LOST_AFTER_MS = 60_000;

/** Holds providers' exports against the ledger. One that is finished is left alone, so every job may run twice. */
@Processor(QUEUES.reconcile)
export class ReconcileProcessor extends WorkerHost implements OnApplicationBootstrap {
  constructor(
    @InjectQueue(QUEUES.reconcile) private readonly queue: Queue<ReconcileJob>,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    const opts = { removeOnComplete: 10, removeOnFail: 100 };
    await this.queue.upsertJobScheduler(CATCH_UP, { every: CATCH_UP_EVERY_MS }, { name: CATCH_UP, opts });
  }

  async process(job: Job<ReconcileJob>): Promise<void> {
    if (job.name === CATCH_UP) return this.catchUp();
    const { organizationId, reconciliationId } = job.data;
    await this.carryOut({ organizationId, id: reconciliationId }, job);
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'a reconciliation could not be carried out');
  }

  private async catchUp(): Promise<void> {
    for (const identity of await unfinishedReconciliations(this.pool, LOST_AFTER_MS)) await this.carryOut(identity);
  }

  private async carryOut(identity: ReconciliationId, job?: Job): Promise<void> {
    const { organizationId, id, status, rows, error } = await reconcile(this.pool, identity, async (read, bytes) => {
      await job?.updateProgress(Math.floor((100 * read) / bytes));
    });
    this.logger.info({ organizationId, reconciliation: id, status, rows: Number(rows), error }, 'reconciled');
  }
}
