import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { Gauge, type Logger, type Registry } from '#libs/telemetry';
import type { MasterKey } from '#libs/vault';
import type { WorkerConfig } from '../../connections/config.js';
import { CLOCK, CONFIG, LOGGER, MASTER_KEY, METRICS, REDIS } from '../../connections/tokens.js';
import { remaining } from './remaining.js';
import { rewrapDataKeys } from './rewrap.js';

const EVERY_MS = 1_000;

/**
 * Changes the master key while everything runs, as long as this worker is given a next one: also what an admin app without
 * it adds meanwhile. Any number of workers may do so at once, and one that dies is gone on from by the next.
 */
@Injectable()
export class RotateMasterKey implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly left: Gauge<'where'>;
  private running: Promise<void> = Promise.resolve();
  private done = false;

  constructor(
    private readonly prisma: PrismaClient,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Registry,
  ) {
    this.left = new Gauge({
      name: 'tollgate_master_key_rotation_remaining',
      help: 'Data keys (stored) and snapshots (published) that the old master key still opens; absent without a rotation.',
      labelNames: ['where'],
      registers: [metrics],
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.masterKeyNext !== null) this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let failing = false;
    while (!signal.aborted) {
      try {
        await this.pass();
        failing = false;
      } catch (error) {
        // Once per outage.
        if (!failing) this.logger.warn({ error }, 'the master key cannot be rotated now, will be tried again');
        failing = true;
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async pass(): Promise<void> {
    const { prisma, redis, masterKey, clock, logger } = this;
    const onFlaw = (owner: string, error: unknown): void =>
      logger.error({ owner, error }, 'a data key cannot be wrapped by the next master key');
    const rewrapped = await rewrapDataKeys({ prisma, masterKey, clock, signal: this.stopping.signal, onFlaw });
    const { stored, published } = await remaining(prisma, redis, masterKey);
    this.left.set({ where: 'stored' }, stored);
    this.left.set({ where: 'published' }, published);
    if (rewrapped > 0) logger.info({ rewrapped, stored, published }, 'wrapped data keys by the next master key');
    const done = stored === 0 && published === 0;
    if (done && !this.done)
      logger.info(
        'The master key is rotated: make TOLLGATE_MASTER_KEY what TOLLGATE_MASTER_KEY_NEXT is, and unset that',
      );
    this.done = done;
  }
}
