/**
 * The only place where Redis keys are spelled. Everything of one organization carries its id as hash tag, so that one
 * script may touch several of its keys on Redis Cluster.
 */
export const keys = {
  /** Hash: organization id (or `platform`) → newest snapshot version. */
  snapshotVersions: 'tollgate:snapshot-versions',
  /** Channel: JSON of messages/SnapshotChanged. */
  snapshotChanged: 'tollgate:snapshot-changed',
  /** Channel: JSON of routing/HealthChange, what one gateway saw of a model's health. */
  modelHealth: 'tollgate:model-health',
  /** Hash: name of a gateway → JSON of messages/ModelHealthReport, what it knows of the organization's models. */
  modelHealthReports: (organizationId: string): string => `{${organizationId}}:model-health`,
  /** Sorted set: name of a running gateway → when it was last heard of, ms since the epoch. */
  gateways: 'tollgate:gateways',
  /** Sorted set: id of an identity provider → when a gateway first met a token whose key it does not have, ms. */
  unknownKeys: 'tollgate:unknown-keys',
  /** String: how often somebody tried to sign in lately; see admin/sign-in/attempts.ts. */
  signInAttempts: (subject: string): string => `tollgate:sign-in:${subject}`,
  /** String, short-lived: how often somebody failed to authenticate as a program; see admin/http/failure-limit.ts. */
  authenticationFailures: (subject: string): string => `tollgate:authentication-failures:${subject}`,
  /** String, short-lived: a proof of possession (DPoP) that was used. */
  usedProof: (id: string): string => `tollgate:proof:${id}`,
  /** String, short-lived: written to see whether Redis takes writes. */
  probe: 'tollgate:probe',
  /** String: JSON of the platform snapshot (issuer, its keys, revoked tokens). */
  platformSnapshot: 'tollgate:platform',
  /** String: JSON of one organization's snapshot. */
  snapshot: (organizationId: string): string => `{${organizationId}}:snapshot`,
  /** Stream of usage events, one field `event` each. */
  usage: (organizationId: string): string => `{${organizationId}}:usage`,
  /** Hash: stream entry id → JSON of an event that can never become a record, with the reason. */
  deadUsage: (organizationId: string): string => `{${organizationId}}:usage-dead`,
  /** Hash: what an admitted call has reserved. */
  reservation: (organizationId: string, callId: string): string => `{${organizationId}}:reservation:${callId}`,
  /** Sorted set: call id → time after which the sweeper may book it. */
  reservations: (organizationId: string): string => `{${organizationId}}:reservations`,
  /** Hash: sliding window of one rate limit for one subject. `kind`: requests, tokens. */
  rateWindow: (organizationId: string, limitId: string, kind: 'requests' | 'tokens', subject: string): string =>
    `{${organizationId}}:rate:${limitId}:${kind}:${subject}`,
  /** String: the call was settled or swept; kept while a repetition may still arrive. */
  settled: (organizationId: string, callId: string): string => `{${organizationId}}:settled:${callId}`,
  /** Stream of budget thresholds crossed: see quota/budget-alert.ts. */
  budgetAlerts: (organizationId: string): string => `{${organizationId}}:budget-alerts`,
  /** Sorted set: calls running under one concurrency limit. */
  concurrency: (organizationId: string, limitId: string, subject: string): string =>
    `{${organizationId}}:running:${limitId}:${subject}`,
  /** Hash: `committed` (spent + reserved) and `reserved`, nano-USD, of one budget, subject and period. */
  budget: (organizationId: string, budgetId: string, subject: string, periodKey: string): string =>
    `{${organizationId}}:budget:${budgetId}:${subject}:${periodKey}`,
  /**
   * Hash: budget id → when its counters were set from the ledger, ms since the epoch. Of a budget that is not here nobody
   * knows what was spent: it is new, or Redis came back empty.
   */
  countedBudgets: (organizationId: string): string => `{${organizationId}}:counted-budgets`,
  /** String: token of the rebuild that is under way for a budget. */
  budgetRebuild: (organizationId: string, budgetId: string): string => `{${organizationId}}:rebuild:${budgetId}`,
  /** A cached answer. */
  cache: (organizationId: string, hash: string): string => `{${organizationId}}:cache:${hash}`,
  /** Hash, short-lived: who is bringing an answer that is not cached (`token`), and whether others wait for it (`awaited`). */
  cacheLease: (organizationId: string, hash: string): string => `{${organizationId}}:cache-lease:${hash}`,
  /** Stream: the questions whose answers may be given to others that say the same; see cache/semantic/near-index.ts. */
  nearQuestions: (organizationId: string, fingerprint: string): string => `{${organizationId}}:near:${fingerprint}`,
  /** Channel: `<organization> <hash>` when somebody has brought an answer, or given it up, for which others wait. */
  cacheNews: 'tollgate:cache-news',
} as const;

/** Consumer group that moves usage events into Postgres. */
export const INGEST_GROUP = 'ingest';

/** Before every BullMQ key: the hash tag keeps all queues in one slot of a Cluster. */
export const QUEUE_PREFIX = '{tollgate}';
