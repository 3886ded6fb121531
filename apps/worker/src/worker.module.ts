import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { QUEUES } from '#libs/messages';
import { QUEUE_PREFIX, queueConnection } from '#libs/redis';
import type { Connections } from './connections/connections.js';
import { connectionsModule } from './connections/connections.module.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { AlertJob } from './jobs/alert/job.js';
import { AnchorJob } from './jobs/anchor/job.js';
import { CheckRollupsProcessor } from './jobs/check-rollups/job.js';
import { CloseStatementProcessor } from './jobs/close-statement/job.js';
import { ExportProcessor } from './jobs/export/job.js';
import { IngestJob } from './jobs/ingest/job.js';
import { PartitionsProcessor } from './jobs/partitions/job.js';
import { RebuildBudgetsProcessor } from './jobs/rebuild-budgets/job.js';
import { RebuildUncounted } from './jobs/rebuild-budgets/rebuild-uncounted.js';
import { ReconcileProcessor } from './jobs/reconcile/job.js';
import { RetainProcessor } from './jobs/retain/job.js';
import { RollupProcessor } from './jobs/rollup/job.js';
import { RollupSchedule } from './jobs/rollup/schedule.js';
import { RenewDataKeysProcessor } from './jobs/rotate-keys/job.js';
import { RotateMasterKey } from './jobs/rotate-keys/rotate-master-key.js';
import { SweepJob } from './jobs/sweep/job.js';
import { WebhooksProcessor } from './jobs/webhooks/job.js';
import { Webhooks } from './jobs/webhooks/webhooks.js';
import { Organizations } from './organizations.js';

@Module({})
class WorkerModule {}

/** Everything that the worker does. */
export function workerModule(connections: Connections): DynamicModule {
  return {
    module: WorkerModule,
    imports: [
      connectionsModule(connections),
      BullModule.forRoot({
        // BullMQ waits for Redis by itself, and must not give up on a command that blocks.
        connection: queueConnection(connections.config.redisUrl, { maxRetriesPerRequest: null }),
        prefix: QUEUE_PREFIX,
      }),
      BullModule.registerQueue(...Object.values(QUEUES).map((name) => ({ name }))),
    ],
    controllers: [HealthController],
    providers: [
      Readiness,
      Organizations,
      RollupSchedule,
      PartitionsProcessor,
      RollupProcessor,
      CloseStatementProcessor,
      IngestJob,
      SweepJob,
      RebuildBudgetsProcessor,
      RebuildUncounted,
      RotateMasterKey,
      RenewDataKeysProcessor,
      AnchorJob,
      ReconcileProcessor,
      CheckRollupsProcessor,
      RetainProcessor,
      ExportProcessor,
      Webhooks,
      WebhooksProcessor,
      AlertJob,
    ],
  };
}
