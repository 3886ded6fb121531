import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { countedBudgets } from '#libs/quota';
import { Counter, type Logger, type Registry } from '#libs/telemetry';
import { CLOCK, LOGGER, METRICS, POOL, REDIS } from '../../connections/tokens.js';
import { rebuildBudgets } from './rebuild.js';

/** Gateways hold calls under a hard budget until it is counted, so this is how long a new one holds them, about. */
const EVERY_MS = 400;

/**
 * Looks for budgets whose spending Redis does not know, because they are new or Redis came back empty, and sets their
 * counters from the ledger. Any number of workers may do so at once.
 */
@Injectable()
export class RebuildUncounted implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly rebuilt: Counter;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly prisma: PrismaClient,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Registry,
  ) {
    this.rebuilt = new Counter({
      name: 'tollgate_budgets_rebuilt_total',
      help: 'Budgets whose counters were missing and were set from the ledger.',
      registers: [metrics],
    });
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
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
        await this.rebuildAll();
        failing = false;
      } catch (error) {
        // Once per outage.
        if (!failing) this.logger.warn({ error }, 'budgets cannot be compared with their counters');
        failing = true;
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async rebuildAll(): Promise<void> {
    const { prisma, pool, redis, clock } = this;
    const { rows } = await pool.query<{ organization_id: string; ids: string[] }>(
      'SELECT organization_id, array_agg(id::text) AS ids FROM budgets GROUP BY organization_id',
    );
    const missing = await Promise.all(
      rows.map(async ({ organization_id: organizationId, ids }) => {
        const counted = await countedBudgets(redis, organizationId);
        return { organizationId, ids: ids.filter((id) => !counted.has(id)) };
      }),
    );
    for (const { organizationId, ids } of missing) {
      if (ids.length === 0) continue;
      const { rebuilt } = await rebuildBudgets({ prisma, pool, redis, clock }, organizationId, ids);
      this.rebuilt.inc(rebuilt.length);
      if (rebuilt.length > 0) this.logger.info({ organizationId, budgets: rebuilt }, 'set counters from the ledger');
    }
  }
}
