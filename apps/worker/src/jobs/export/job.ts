import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { type ExportJob, QUEUES } from '#libs/messages';
import type { Logger } from '#libs/telemetry';
import type { WorkerConfig } from '../../connections/config.js';
import { CLOCK, CONFIG, LOGGER, POOL } from '../../connections/tokens.js';
import { carryOut, type ExportParts, expire } from './carry-out.js';

/** Name of the job that deletes old files, and takes up orders that lost their own job. */
const TIDY = 'tidy';
const TIDY_EVERY_MS = 10 * 60_000;
const LOST_AFTER_MS = 30 * 60_000;

/** Writes the files that people order. */
@Processor(QUEUES.exports)
export class ExportProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly parts: ExportParts;

  constructor(
    @InjectQueue(QUEUES.exports) private readonly queue: Queue<ExportJob>,
    private readonly prisma: PrismaClient,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(POOL) pool: Pool,
    @Inject(CLOCK) clock: Clock,
    @Inject(CONFIG) { dataDir }: WorkerConfig,
  ) {
    super();
    this.parts = { pool, prisma, clock, dataDir };
  }

  async onApplicationBootstrap(): Promise<void> {
    const opts = { removeOnComplete: 10, removeOnFail: 100 };
    await this.queue.upsertJobScheduler(TIDY, { every: TIDY_EVERY_MS }, { name: TIDY, opts });
  }

  async process(job: Job<ExportJob>): Promise<void> {
    if (job.name === TIDY) return this.tidy();
    const { organizationId, exportId } = job.data;
    const order = await this.prisma.export.findFirst({ where: { id: exportId, organizationId } });
    if (order) await this.write(order, async (thousandths) => job.updateProgress(thousandths / 10));
  }

  /** The last failure is told to who ordered it. */
  @OnWorkerEvent('failed')
  async failed(job: Job<ExportJob> | undefined, error: Error): Promise<void> {
    this.logger.error({ job: job?.id, data: job?.data, error }, 'an export could not be written');
    if (!job?.data.exportId || job.attemptsMade < (job.opts.attempts ?? 1)) return;
    const where = { id: job.data.exportId, status: { in: ['waiting', 'running'] } };
    await this.prisma.export
      .updateMany({ where, data: { status: 'failed', error: 'The file could not be written.' } })
      .catch((cause: unknown) => this.logger.error({ error: cause }, 'a failed export could not be marked'));
  }

  private async write(
    order: Parameters<typeof carryOut>[1],
    onProgress: (thousandths: number) => Promise<void>,
  ): Promise<void> {
    const { organizationId, id, kind, status, rows, bytes } = await carryOut(this.parts, order, onProgress);
    this.logger.info(
      { organizationId, export: id, kind, status, rows: Number(rows), bytes: Number(bytes) },
      'exported',
    );
  }

  private async tidy(): Promise<void> {
    const expired = await expire(this.parts);
    if (expired > 0) this.logger.info({ exports: expired }, 'deleted the files of old exports');
    const before = new Date(this.parts.clock.now() - LOST_AFTER_MS);
    const lost = await this.prisma.export.findMany({
      where: { status: 'waiting', createdAt: { lt: before } },
      take: 10,
    });
    for (const order of lost) await this.write(order, async () => undefined);
  }
}
