import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { PrismaClient } from '#libs/database';
import { compileSnapshot } from '#libs/snapshot';
import type { Logger } from '#libs/telemetry';
import { LOGGER, REDIS } from '../connections/tokens.js';
import { type Order, storeSnapshot, withdrawSnapshot } from './store.js';

/** Compiles an organization's snapshot from Postgres and hands it to the gateways through Redis. */
@Injectable()
export class SnapshotPublisher {
  constructor(
    private readonly database: PrismaClient,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Publishes what Postgres has now. Never throws: the change it follows is already committed, and what cannot be published
   * at once is published by the reconciliation.
   */
  async publish(organizationId: string): Promise<void> {
    try {
      await this.publishNow(organizationId, 'newest wins');
    } catch (error) {
      this.logger.warn({ organizationId, error }, 'snapshot not published yet, will be tried again');
    }
  }

  /** As {@link publish}, but throws what goes wrong. */
  async publishNow(organizationId: string, order: Order): Promise<void> {
    const rows = await this.rowsOf(organizationId);
    if (rows) await storeSnapshot(this.redis, compileSnapshot(rows), order);
    else await withdrawSnapshot(this.redis, organizationId);
  }

  /** All rows as of one instant, so that the version and what it stands for belong together. Null: there is no such organization. */
  async rowsOf(organizationId: string) {
    const everything = this.database.organization.findUnique({
      where: { id: organizationId },
      include: {
        settings: true,
        teams: { orderBy: BY_ID },
        services: { orderBy: BY_ID, include: { credentials: { orderBy: BY_ID }, keys: { orderBy: BY_ID } } },
        identityProviders: { orderBy: BY_ID },
        members: { orderBy: BY_ID, select: { id: true, email: true, validFrom: true } },
        providerCredentials: { orderBy: BY_ID },
        models: { orderBy: BY_ID },
        routes: { orderBy: BY_ID },
        rateLimits: { orderBy: BY_ID },
        budgets: { orderBy: BY_ID },
        guardrails: { orderBy: BY_ID },
        cacheInvalidations: { orderBy: BY_ID },
      },
    });
    const [rows] = await this.database.$transaction([everything], { isolationLevel: 'RepeatableRead' });
    return rows;
  }
}

const BY_ID = { id: 'asc' } as const;
