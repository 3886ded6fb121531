import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { PrismaClient } from '#libs/database';
import { PLATFORM } from '#libs/snapshot';
import type { Logger } from '#libs/telemetry';
import { LOGGER, REDIS } from '../connections/tokens.js';
import { SnapshotPublisher } from './publisher.js';
import { storedVersions } from './store.js';

const EVERY_MS = 1_000;

/**
 * Makes Redis say what Postgres says, every second: after a crash between commit and publish, after an outage of Redis, after
 * a Redis that came back empty, and after a Postgres that was restored.
 */
@Injectable()
export class SnapshotReconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    private readonly database: PrismaClient,
    private readonly publisher: SnapshotPublisher,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.tick();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
    clearTimeout(this.timer);
  }

  /** One comparison. Returns how many snapshots had to be published or withdrawn. */
  async reconcile(): Promise<number> {
    // Redis first: what it has by now was committed before we ask Postgres, so that whatever it has more is really too much.
    const stored = await storedVersions(this.redis);
    const organizations = await this.database.organization.findMany({ select: { id: true, snapshotVersion: true } });
    const versions = new Map(organizations.map(({ id, snapshotVersion }) => [id, Number(snapshotVersion)]));
    const gone = [...stored.keys()].filter((name) => name !== PLATFORM && !versions.has(name));
    const different = [...versions].filter(([id, version]) => stored.get(id) !== version);
    for (const [id, version] of different)
      await this.publisher.publishNow(id, (stored.get(id) ?? 0) > version ? 'replace' : 'newest wins');
    for (const id of gone) await this.publisher.publishNow(id, 'newest wins');
    return different.length + gone.length;
  }

  private async tick(): Promise<void> {
    try {
      const published = await this.reconcile();
      if (this.failing || published > 0) this.logger.debug({ published }, 'snapshots reconciled');
      this.failing = false;
    } catch (error) {
      // Once per outage, not once per second.
      if (!this.failing) this.logger.warn({ error }, 'snapshots cannot be reconciled');
      this.failing = true;
    }
    this.timer = setTimeout(() => {
      this.running = this.tick();
    }, EVERY_MS);
    this.timer.unref();
  }
}
