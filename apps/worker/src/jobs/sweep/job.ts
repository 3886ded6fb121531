import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { sweep } from '#libs/quota';
import { Counter, type Logger, type Registry } from '#libs/telemetry';
import { LOGGER, METRICS, REDIS } from '../../connections/tokens.js';
import { Organizations } from '../../organizations.js';

const EVERY_MS = 5_000;
const RESERVATIONS_PER_SWEEP = 500;
/**
 * After Redis has come back, gateways are given this long to settle from their spools what became due while it was away: an
 * estimate that is booked stands.
 */
const GRACE_SECONDS = 10;

/** Books the reservations of gateways that died, every few seconds. Any number of workers may sweep at once. */
@Injectable()
export class SweepJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly booked: Counter;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly organizations: Organizations,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Registry,
  ) {
    this.booked = new Counter({
      name: 'tollgate_orphaned_reservations_total',
      help: 'Reservations booked at their estimate because their gateway died.',
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
    while (!signal.aborted) {
      await this.sweepAll().catch((error: unknown) => this.logger.warn({ error }, 'a sweep failed'));
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async sweepAll(): Promise<void> {
    if ((await this.redisUptimeSeconds()) < GRACE_SECONDS) return;
    for (const organizationId of await this.organizations.all()) {
      if (this.stopping.signal.aborted) return;
      const booked = await sweep(this.redis, organizationId, RESERVATIONS_PER_SWEEP);
      if (booked === 0) continue;
      this.booked.inc(booked);
      this.logger.warn({ organizationId, reservations: booked }, 'booked orphaned reservations');
    }
  }

  private async redisUptimeSeconds(): Promise<number> {
    const [, seconds = '0'] = /uptime_in_seconds:(\d+)/.exec(await this.redis.info('server')) ?? [];
    return Number(seconds);
  }
}
