export type { AuditEvent } from './audit-event.js';
export {
  type CloseStatementJob,
  type PartitionsJob,
  QUEUES,
  type QueueName,
  type RebuildBudgetsJob,
  type RollupJob,
} from './jobs.js';
export type { SnapshotChanged } from './snapshot-changed.js';
export type { AttemptRecord, CacheOutcome, FindingRecord, UsageEvent } from './usage-event.js';
