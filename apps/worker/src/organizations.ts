import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import { keys } from '#libs/redis';
import { CLOCK, POOL, REDIS } from './connections/tokens.js';

const FRESH_MS = 1_000;
const PLATFORM = 'platform';

/**
 * Ids of all organizations that may have usage events, at most a second old. From Postgres, which has every organization,
 * and from the snapshots, which have those that were just made or deleted.
 */
@Injectable()
export class Organizations {
  private ids: readonly string[] = [];
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async all(): Promise<readonly string[]> {
    if (this.clock.monotonic() - this.readAt < FRESH_MS) return this.ids;
    const [stored, served] = await Promise.all([
      this.pool.query<{ id: string }>('SELECT id FROM organizations'),
      this.redis.hkeys(keys.snapshotVersions),
    ]);
    const ids = new Set([...stored.rows.map(({ id }) => id), ...served.filter((name) => name !== PLATFORM)]);
    this.ids = [...ids].sort();
    this.readAt = this.clock.monotonic();
    return this.ids;
  }
}
