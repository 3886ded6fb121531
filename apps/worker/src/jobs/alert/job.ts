import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, REDIS } from '../../connections/tokens.js';
import { Organizations } from '../../organizations.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { announceThresholds } from './budget-thresholds.js';
import { expiringCredentials } from './expiring-credentials.js';
import { openBreakers } from './open-breakers.js';

const LOOK_EVERY_MS = 2_000;
const EXPIRIES_EVERY_MS = 3_600_000;

/**
 * Looks for what organizations want to be told of and nobody else announces: budget thresholds, open breakers, credentials
 * that end. Any number of workers may look at once: what one has announced, the others do not announce again.
 */
@Injectable()
export class AlertJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private expiriesAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly organizations: Organizations,
    private readonly webhooks: Webhooks,
    private readonly prisma: PrismaClient,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) => this.logger.warn({ error }, 'alerts wait'));
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const { redis, prisma, clock, webhooks } = this;
    const announce = webhooks.announce.bind(webhooks);
    const organizations = await this.organizations.all();
    await Promise.all(organizations.map((id) => announceThresholds({ redis, prisma, clock, announce }, id)));
    const open = await Promise.all(organizations.map((id) => openBreakers(redis, prisma, id, clock.now())));
    for (const event of open.flat()) await announce(event);
    if (clock.monotonic() - this.expiriesAt < EXPIRIES_EVERY_MS) return;
    for (const event of await expiringCredentials(prisma, clock.now())) await announce(event);
    this.expiriesAt = clock.monotonic();
  }
}
