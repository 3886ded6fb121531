import type { CacheStore, Flights, NearIndex } from '#libs/cache';
import type { Clock } from '#libs/core';
import type { ChatDialect, ChatRequest, JsonObject } from '#libs/dialects';
import type { Placeholders } from '#libs/guardrails';
import type { Principal, Proof, TokenCache } from '#libs/identity';
import type { UsageEvent } from '#libs/messages';
import type { Admissions } from '#libs/quota';
import type { Choice, Headroom, ModelHealth } from '#libs/routing';
import type { Logger } from '#libs/telemetry';
import type { Live, LiveModel, LiveOrganization } from '../live/live.js';
import type { CallTelemetry } from '../telemetry/call-telemetry.js';
import type { Ask } from './ask.js';
import type { CallMetrics } from './call-metrics.js';
import type { Exchange } from './exchange.js';
import type { Aside } from './shadow/aside.js';
import type { Upstream } from './upstream.js';

/** A client-facing API, as far as refusing and recording need it. */
export interface Door {
  /** Name in records, metrics and rules; the dialect's id. */
  readonly id: string;
  readonly dialect: Pick<ChatDialect, 'renderError' | 'renderStreamError'>;
}

/** A client-facing API for chat models that speaks one dialect. */
export interface Surface extends Door {
  readonly dialect: ChatDialect;
}

/** What the call path works with, built once per process. */
export interface CallDeps {
  readonly live: () => Live;
  readonly clock: Clock;
  readonly tokens: TokenCache;
  /** Proofs of possession that were used. */
  readonly proofs: { take(proof: Proof): Promise<boolean> };
  readonly admissions: Admissions;
  /** Least time after which a reservation's gateway counts as dead, milliseconds. */
  readonly reservationHoldMs: number;
  /** Records a call that reserved nothing. */
  readonly appendEvent: (event: UsageEvent) => Promise<void>;
  readonly cache: CallCache;
  readonly upstream: Upstream;
  readonly health: ModelHealth;
  readonly headroom: Headroom;
  readonly metrics: CallMetrics;
  /** Null without a collector to send to. */
  readonly telemetry: CallTelemetry | null;
  /** Copies of calls to other models. */
  readonly aside: Aside;
  readonly log: Logger;
}

/** Kept answers, and the calls that are getting some. */
export interface CallCache {
  readonly store: CacheStore;
  readonly flights: Flights;
  readonly near: NearIndex;
  /** A text's vector by a route, as a call of the same client. Rejects when there is none. */
  readonly embed: (route: string, text: string, client: Exchange, caller: Principal) => Promise<ArrayLike<number>>;
}

/** A request that its dialect has read, as the steps before the first attempt see it. */
export interface Read {
  /** What guardrails inspect. */
  readonly body: JsonObject;
  readonly ask: Ask;
  /** What reversible redaction took out: the answer gets it back. Never leaves memory. */
  readonly placeholders?: Placeholders;
}

/** A request to a chat model. */
export interface Parsed extends Read {
  /** The client's own JSON text, to be passed on where both sides speak the same dialect. */
  readonly text: string;
  readonly request: ChatRequest;
}

/** A request with the models that may answer it, first choice first. */
export interface Routed {
  readonly organization: LiveOrganization;
  readonly choice: Choice;
  /** The candidates, ready to be called. Never empty. */
  readonly models: readonly LiveModel[];
}
