import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Queue } from 'bullmq';
import { TollgateError } from '#libs/core';
import type { QueueName } from '#libs/messages';
import { QUEUE_PREFIX, queueConnection } from '#libs/redis';
import type { AdminConfig } from '../connections/config.js';
import { CONFIG } from '../connections/tokens.js';

const RETRY_AFTER_MS = 5_000;
const ATTEMPTS = { attempts: 10, backoff: { type: 'exponential', delay: 1_000 } } as const;
/** A job that stayed in Redis would keep the next one of its id from being added. */
const FORGET = { removeOnComplete: true, removeOnFail: true } as const;

/** Hands work to the worker. */
@Injectable()
export class JobQueues implements OnModuleDestroy {
  private readonly queues = new Map<QueueName, Queue>();

  constructor(@Inject(CONFIG) private readonly config: AdminConfig) {}

  /**
   * Asks for one piece of work, once while it is waiting or under way: `id` names it. Throws `overloaded` while Redis is away,
   * because somebody waits for the answer.
   */
  async add(name: QueueName, id: string, data: object): Promise<void> {
    const queue = this.queueOf(name);
    try {
      await queue.waitUntilReady();
      await queue.add(name, data, { jobId: id, ...ATTEMPTS, ...FORGET });
    } catch (cause) {
      throw new TollgateError('overloaded', 'This cannot be handed to the worker now. Ask again.', {
        cause,
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private queueOf(name: QueueName): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: queueConnection(this.config.redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }),
      prefix: QUEUE_PREFIX,
    });
    // Reconnecting is the client's own business, and an `error` without listener would end the process.
    queue.on('error', () => {});
    this.queues.set(name, queue);
    return queue;
  }
}
