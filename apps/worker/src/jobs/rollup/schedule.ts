import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { RollupHour } from '#libs/ledger';
import { QUEUES, type RollupJob } from '#libs/messages';
import { byOrganization } from '../../by-organization.js';

/** Name of the job that folds whatever is marked, for marks whose own job was lost with a process. */
export const CATCH_UP = 'catch-up';

/** Long enough to fold many batches at once. Reports do not wait for it: they read a marked hour from its records. */
const FOLD_AFTER_MS = 5_000;
/**
 * Jobs for the same hours are dropped for this long. Shorter than the delay: a dropped one always has a job before it that
 * has not begun, and that will see its records.
 */
const DEDUPLICATE_MS = 4_000;
const CATCH_UP_EVERY_MS = 60_000;

/** Has hours folded into their rollups, soon and once for many batches. */
@Injectable()
export class RollupSchedule implements OnApplicationBootstrap {
  constructor(@InjectQueue(QUEUES.rollup) private readonly queue: Queue<RollupJob>) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.upsertJobScheduler(CATCH_UP, { every: CATCH_UP_EVERY_MS }, { name: CATCH_UP, opts: KEEP_FEW });
  }

  async fold(touched: readonly RollupHour[]): Promise<void> {
    await Promise.all(
      [...byOrganization(touched)].map(([organizationId, mine]) => {
        const names = [...new Set(mine.map(({ hour }) => hour))].sort();
        return this.queue.add(
          'fold',
          { organizationId, hours: names },
          {
            ...KEEP_FEW,
            delay: FOLD_AFTER_MS,
            deduplication: { id: `${organizationId} ${names.join(' ')}`, ttl: DEDUPLICATE_MS },
            attempts: 5,
            backoff: { type: 'exponential', delay: 1_000 },
          },
        );
      }),
    );
  }
}

/** What stays in Redis of jobs that ended, for whoever looks. */
const KEEP_FEW = { removeOnComplete: 100, removeOnFail: 1_000 } as const;
