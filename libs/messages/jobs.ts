/** BullMQ queues and what each job carries. The worker has one folder per queue. */
export const QUEUES = {
  rollup: 'rollup',
  closeStatement: 'close-statement',
  partitions: 'partitions',
  rebuildBudgets: 'rebuild-budgets',
  renewDataKeys: 'renew-data-keys',
  reconcile: 'reconcile',
  checkRollups: 'check-rollups',
  retain: 'retain',
  exports: 'exports',
  webhooks: 'webhooks',
} as const;

export type QueueName = (typeof QUEUES)[keyof typeof QUEUES];

/** Fold the usage records of these hours into the rollups. Hours are ISO 8601, UTC, on the hour. */
export interface RollupJob {
  readonly organizationId: string;
  readonly hours: readonly string[];
}

export interface CloseStatementJob {
  readonly organizationId: string;
  readonly statementId: string;
}

/** Set the counters of budgets from the ledger. May be asked at any time, under traffic. */
export interface RebuildBudgetsJob {
  readonly organizationId: string;
  /** Null: all of the organization. */
  readonly budgetIds: readonly string[] | null;
}

/** Hold an uploaded export of a provider against the ledger. */
export interface ReconcileJob {
  readonly organizationId: string;
  readonly reconciliationId: string;
}

/** Write an export's file. */
export interface ExportJob {
  readonly organizationId: string;
  readonly exportId: string;
}

/** Create the partitions of the usage records for the days ahead. */
export type PartitionsJob = Record<string, never>;

/** Give organizations a new data key and seal their secrets anew. May be asked at any time, under traffic. */
export interface RenewDataKeysJob {
  /** Null: those whose data key is past its age. */
  readonly organizationId: string | null;
}

/** Send one event to one webhook. */
export interface WebhookDeliveryJob {
  readonly deliveryId: string;
}
