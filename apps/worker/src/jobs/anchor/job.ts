import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Pool } from 'pg';
import { type Anchor, type AnchorKey, openAnchorKey, signAnchor } from '#libs/audit';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import type { WebhookEvent } from '#libs/messages';
import { Gauge, type Logger, type Registry } from '#libs/telemetry';
import type { WorkerConfig } from '../../connections/config.js';
import { CLOCK, CONFIG, LOGGER, METRICS, PLATFORM_KEY, POOL } from '../../connections/tokens.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { AnchorFiles } from './anchor-files.js';
import { chainHeads } from './chain-heads.js';

/**
 * Signs where each audit trail ends, as often as the configuration says, and keeps it outside the database: in a file of
 * this worker's data directory, and at whoever has a webhook for it. A trail that does not go on from its last anchor is
 * named and gets no new one.
 */
@Injectable()
export class AnchorJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly files: AnchorFiles;
  private readonly flaws: Gauge;
  private last = new Map<string, Anchor>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly prisma: PrismaClient,
    private readonly webhooks: Webhooks,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(PLATFORM_KEY) private readonly platformKey: Buffer,
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Registry,
  ) {
    this.files = new AnchorFiles(join(config.dataDir, 'anchors'));
    this.flaws = new Gauge({
      name: 'tollgate_audit_trails_broken',
      help: 'Audit trails that do not go on from their last anchor.',
      registers: [metrics],
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const key = await openAnchorKey(this.prisma, this.platformKey);
    await this.files.publishKey(key);
    this.last = new Map(await this.files.last());
    this.running = this.run(key);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(key: AnchorKey): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.anchorAll(key).catch((error: unknown) =>
        this.logger.warn({ error }, 'audit trails cannot be anchored now, will be tried again'),
      );
      await delay(this.config.anchorEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async anchorAll(key: AnchorKey): Promise<void> {
    const heads = await chainHeads(this.pool);
    const broken: string[] = [];
    for (const [organizationId, anchor] of this.last) if (!(await this.stillThere(anchor))) broken.push(organizationId);
    this.flaws.set(broken.length);
    if (broken.length > 0) this.logger.error({ broken }, 'audit trails were cut off or changed: verify them');
    for (const [organizationId, head] of heads) {
      const unchanged = this.last.get(organizationId)?.sequence === head.sequence.toString();
      if (unchanged || broken.includes(organizationId)) continue;
      const anchor = signAnchor(organizationId, head, this.clock.now(), key);
      await this.webhooks.announce(announcement(anchor));
      await this.files.append(anchor);
      this.last.set(organizationId, anchor);
    }
  }

  /** The link that was anchored last is where it was, as it was. */
  private async stillThere({ organizationId, sequence, hash }: Anchor): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'SELECT 1 FROM audit_events WHERE organization_id = $1 AND sequence = $2 AND hash = $3',
      [organizationId, sequence, hash],
    );
    return rowCount === 1;
  }
}

/** Told once of each end of a trail, also by several workers; what is sent is a line that `audit verify` takes. */
function announcement(anchor: Anchor): WebhookEvent {
  const { organizationId, sequence, at } = anchor;
  return { organizationId, type: 'audit.anchor', key: sequence, atMs: Date.parse(at), data: { ...anchor } };
}
