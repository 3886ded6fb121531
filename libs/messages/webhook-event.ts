/** What an organization can be told of by webhook, and what the data of each event is about. */
export const WEBHOOK_EVENTS = {
  'budget.threshold': 'A budget has reached a share of its amount: once per share, subject and period',
  'credential.expiring': 'A secret, key set or gateway key of a service ends within the next seven days',
  'model.breaker_open': 'Gateways have stopped to ask a model that fails',
  'audit.anchor': 'Where the audit trail ends was signed',
  'ingest.dead_letter': 'A usage event cannot be recorded and was put aside',
  'ledger.difference': 'A rollup was found to differ from its records',
} as const;

export type WebhookEventType = keyof typeof WEBHOOK_EVENTS;

/** Sent to one webhook by who wants to see whether it arrives. */
export const TEST_EVENT = 'webhook.test';

/** Something that happened and that an organization may want to be told of. Plain JSON; carries no secret. */
export interface WebhookEvent {
  readonly organizationId: string;
  readonly type: WebhookEventType;
  /** Tells this happening from every other of its type: the same key is announced once, however often it is given. */
  readonly key: string;
  readonly atMs: number;
  readonly data: Readonly<Record<string, unknown>>;
}
