import type { TokenCounts } from '#libs/core';

/** `hit` and `semantic-hit` were answered by the cache; `miss` looked; `bypass` did not look. */
export type CacheOutcome = 'hit' | 'semantic-hit' | 'miss' | 'bypass';

/**
 * One try against one model. `outcome` is `ok`, the class of error that ended it (also in the middle of a stream),
 * `client-closed`, or `hedged` when another attempt was faster.
 */
export interface AttemptRecord {
  /** Slug of the model tried. */
  readonly model: string;
  readonly outcome: string;
  /** When it began, milliseconds after the call arrived, integer; absent in records older than this field. */
  readonly startMs?: number;
  /** Duration in milliseconds, integer. */
  readonly ms: number;
  /** HTTP status of the upstream, absent when none arrived. */
  readonly status?: number;
}

/** What a check found, never the text it found. */
export interface FindingRecord {
  readonly guardrail: string;
  readonly check: string;
  readonly rule: string;
  readonly action: 'flag' | 'redact' | 'block';
  /** Where: `input` or `output`, and the part of the message, e.g. `messages.2.text`. */
  readonly at: string;
  /** 0–1. */
  readonly confidence: number;
  /** The guardrail is in dry-run: the action was not taken. */
  readonly dryRun?: boolean;
}

/**
 * What one call used, emitted by the gateway at settlement into the organization's usage stream, as JSON. It names
 * things by slug, because a record must stay true after the thing is renamed or gone. Idempotent by `callId`.
 */
export interface UsageEvent {
  readonly version: 1;
  /** UUIDv7, made by the gateway. */
  readonly callId: string;
  /** From `x-request-id`, or the callId. */
  readonly requestId: string;
  /** Arrival of the call, milliseconds since the epoch. */
  readonly atMs: number;
  readonly organizationId: string;
  readonly team: string;
  readonly costCenter: string | null;
  readonly service: string;
  readonly agent: string | null;
  readonly session: string | null;
  readonly endUser: string | null;
  /** Id of the credential or gateway key that authenticated the call. */
  readonly credentialId: string | null;
  readonly surface: string;
  readonly route: string | null;
  /** What the client sent as `model`. */
  readonly requestedModel: string;
  /** Our deployment that answered (slug), null when none did. */
  readonly model: string | null;
  readonly provider: string | null;
  readonly upstreamModel: string | null;
  readonly answeredModel: string | null;
  /** HTTP status answered to the client; 499 when the client left. */
  readonly status: number;
  /** Error code of core/errors.ts, null on success. */
  readonly error: string | null;
  readonly attempts: readonly AttemptRecord[];
  readonly stream: boolean;
  readonly tokens: TokenCounts;
  /** True when a token count was counted here rather than reported by the provider. */
  readonly estimated: boolean;
  /** True when the gateway died before settling and the sweeper booked the reservation at its estimate. */
  readonly orphaned: boolean;
  /** Integer nano-USD as a decimal string. */
  readonly costNanoUsd: string;
  /** Which prices the cost was computed with. */
  readonly priceVersion: string | null;
  /** True when the model has no known price and the cost is zero for that reason. */
  readonly unpriced: boolean;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  readonly cache: CacheOutcome;
  /** What an answer from the cache has saved: what it would cost now, less what it was booked at. Absent = nothing. */
  readonly savedNanoUsd?: string | null;
  readonly findings: readonly FindingRecord[];
  readonly tags: Readonly<Record<string, string>>;
  readonly traceId: string | null;
  /** Slug of the provider credential that the answer was asked with. */
  readonly providerCredential?: string | null;
  /** How often the price per request was charged; absent = once. */
  readonly units?: number;
  /** The tier that the provider billed: `batch`, `flex`, `priority`; absent or null = standard. */
  readonly serviceTier?: string | null;
  /** Calls of the provider's own tools (`web_search`), how often each; absent or null = none. */
  readonly toolCalls?: Readonly<Record<string, number>> | null;
  /** On whose behalf it was made: kind and name, `member:ada@acme.example`; absent or null = the service's own. */
  readonly subject?: string | null;
  /** Services between the subject and the call, the calling one first; absent or null = none. */
  readonly actors?: readonly string[] | null;
}
