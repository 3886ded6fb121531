import { hostname } from 'node:os';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { type Clock, uuidv7 } from '#libs/core';
import type { DeadLetter } from '#libs/ledger';
import type { Logger, Registry } from '#libs/telemetry';
import { BLOCKING_REDIS, CLOCK, LOGGER, METRICS, POOL, REDIS } from '../../connections/tokens.js';
import { Organizations } from '../../organizations.js';
import { RollupSchedule } from '../rollup/schedule.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { deadLetterEvents } from './dead-letter-events.js';
import { ingest } from './ingest.js';
import { ingestMetrics } from './ingest-metrics.js';
import { RecordWriter } from './record-writer.js';
import { UsageStreams } from './usage-streams.js';

/** Usage events → usage records, from start to shutdown. Not a queue's job: Redis streams keep what is not done yet. */
@Injectable()
export class IngestJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly streams: UsageStreams;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly organizations: Organizations,
    private readonly rollups: RollupSchedule,
    private readonly webhooks: Webhooks,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(BLOCKING_REDIS) private readonly blockingRedis: Redis,
    @Inject(METRICS) private readonly metrics: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.streams = new UsageStreams(redis, blockingRedis, `${hostname()}-${process.pid}-${uuidv7()}`);
  }

  onApplicationBootstrap(): void {
    const { redis, logger, clock, streams } = this;
    const parts = {
      streams,
      redis,
      logger,
      clock,
      records: new RecordWriter(this.pool),
      organizations: () => this.organizations.all(),
      onTouched: (hours: Parameters<RollupSchedule['fold']>[0]) => this.rollups.fold(hours),
      onDead: (letters: readonly DeadLetter[]) => this.announce(letters),
      metrics: ingestMetrics(this.metrics, () => clock.now()),
    };
    this.running = ingest(parts, this.stopping.signal);
  }

  /** The batch in hand is finished; a read that waits for events is cut off, which loses nothing. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.blockingRedis.disconnect();
    await this.running;
    if (this.redis.status === 'ready') await this.streams.leave();
  }

  private async announce(letters: readonly DeadLetter[]): Promise<void> {
    for (const event of deadLetterEvents(letters)) await this.webhooks.announce(event);
  }
}
