import { Global, Module } from '@nestjs/common';
import { SnapshotPublisher } from '../snapshot/publisher.js';
import { SnapshotReconciler } from '../snapshot/reconciler.js';
import { Changes } from './changes.js';
import { IdempotencyRetention } from './idempotency-retention.js';
import { Organizations } from './organizations.js';

/** How things change and how the gateways learn of it; every resource needs it. */
@Global()
@Module({
  providers: [Changes, SnapshotPublisher, SnapshotReconciler, IdempotencyRetention, Organizations],
  exports: [Changes, Organizations, SnapshotPublisher],
})
export class ChangeModule {}
