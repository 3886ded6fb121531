export type { AuditEvent } from './audit-event.js';
export {
  type CloseStatementJob,
  type ExportJob,
  type PartitionsJob,
  QUEUES,
  type QueueName,
  type RebuildBudgetsJob,
  type ReconcileJob,
  type RenewDataKeysJob,
  type RollupJob,
  type WebhookDeliveryJob,
} from './jobs.js';
export {
  HEALTH_REPORT_VALID_MS,
  type ModelHealthEntry,
  type ModelHealthReport,
  type ModelHealthState,
} from './model-health-report.js';
export type { SnapshotChanged } from './snapshot-changed.js';
export type { AttemptRecord, CacheOutcome, FindingRecord, UsageEvent } from './usage-event.js';
export { TEST_EVENT, WEBHOOK_EVENTS, type WebhookEvent, type WebhookEventType } from './webhook-event.js';
