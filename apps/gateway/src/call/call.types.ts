import type { ExactCache } from '#libs/cache';
import type { Clock } from '#libs/core';
import type { ChatDialect, ChatRequest, JsonObject } from '#libs/dialects';
import type { TokenCache } from '#libs/identity';
import type { UsageEvent } from '#libs/messages';
import type { Admissions } from '#libs/quota';
import type { Choice, ModelHealth } from '#libs/routing';
import type { Logger } from '#libs/telemetry';
import type { Live, LiveModel, LiveOrganization } from '../live/live.js';
import type { CallMetrics } from './call-metrics.js';
import type { Upstream } from './upstream.js';

/** A client-facing API that speaks one dialect. */
export interface Surface {
  /** Name in records, metrics and rules; the dialect's id. */
  readonly id: string;
  readonly dialect: ChatDialect;
}

/** What the call path works with, built once per process. */
export interface CallDeps {
  readonly live: () => Live;
  readonly clock: Clock;
  readonly tokens: TokenCache;
  readonly admissions: Admissions;
  /** Records a call that reserved nothing. */
  readonly appendEvent: (event: UsageEvent) => Promise<void>;
  readonly cache: ExactCache;
  readonly upstream: Upstream;
  readonly health: ModelHealth;
  readonly metrics: CallMetrics;
  readonly log: Logger;
}

/** A request that its dialect has read. */
export interface Parsed {
  /** The client's own JSON text, to be passed on where both sides speak the same dialect. */
  readonly text: string;
  readonly body: JsonObject;
  readonly request: ChatRequest;
}

/** A request with the models that may answer it, first choice first. */
export interface Routed {
  readonly organization: LiveOrganization;
  readonly choice: Choice;
  /** The candidates, ready to be called. Never empty. */
  readonly models: readonly LiveModel[];
}
