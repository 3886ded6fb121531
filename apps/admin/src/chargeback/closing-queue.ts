import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Queue } from 'bullmq';
import { TollgateError } from '#libs/core';
import type { StatementId } from '#libs/ledger';
import { type CloseStatementJob, QUEUES } from '#libs/messages';
import { QUEUE_PREFIX } from '#libs/redis';
import type { AdminConfig } from '../connections/config.js';
import { CONFIG } from '../connections/tokens.js';

const RETRY_AFTER_MS = 5_000;

/** Hands statements to the worker to be closed. */
@Injectable()
export class ClosingQueue implements OnModuleDestroy {
  private readonly queue: Queue<CloseStatementJob>;

  constructor(@Inject(CONFIG) config: AdminConfig) {
    this.queue = new Queue(QUEUES.closeStatement, {
      // Somebody waits for the answer: while Redis is away it must be an error, not silence.
      connection: { url: config.redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
      prefix: QUEUE_PREFIX,
    });
    // Reconnecting is the client's own business, and an `error` without listener would end the process.
    this.queue.on('error', () => {});
  }

  /** Safe to repeat: a statement that is being closed has one job, and closing a closed one does nothing. */
  async close({ id, organizationId }: StatementId): Promise<void> {
    const options = { jobId: id, attempts: 10, backoff: { type: 'exponential', delay: 1_000 } } as const;
    try {
      await this.queue.waitUntilReady();
      await this.queue.add('close', { organizationId, statementId: id }, { ...options, ...FORGET });
    } catch (cause) {
      throw new TollgateError('overloaded', 'The statement cannot be handed to the worker now. Ask again.', {
        cause,
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.queue.close();
  }
}

/** A job that stayed in Redis would keep the next one of its id from being added. */
const FORGET = { removeOnComplete: true, removeOnFail: true } as const;
