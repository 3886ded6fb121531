import type { CachedAnswer } from '#libs/cache';
import { type Clock, type NanoUsd, NO_TOKENS, type TokenCounts, type TollgateError, uuidv7 } from '#libs/core';
import type { Principal } from '#libs/identity';
import type { AttemptRecord, CacheOutcome, FindingRecord, UsageEvent } from '#libs/messages';
import type { Charges } from '#libs/metering';
import type { LiveModel } from '../live/live.js';
import { actingFor, endUserOf } from './acting.js';
import type { Ask } from './ask.js';
import type { Door, Read, Routed } from './call.types.js';
import { type Exchange, headerOf } from './exchange.js';
import { readTags, traceIdOf } from './request-headers.js';

/** What a call turned out to use and cost. */
export interface Outcome {
  readonly status: number;
  readonly error: TollgateError | null;
  readonly tokens: TokenCounts;
  readonly estimated: boolean;
  readonly costNanoUsd: NanoUsd;
  /** What was not spent because the answer was kept. */
  readonly savedNanoUsd?: NanoUsd;
  /** What it was charged for beside its tokens. */
  readonly charges?: Charges | undefined;
  /** False when something was used that is not counted in tokens. */
  readonly inTokens?: boolean;
}

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** Whether what the model used has a price: tokens by theirs, what is not counted in tokens by the price per request. */
const isPriced = ({ prices }: LiveModel, { inTokens = true }: Outcome): boolean =>
  prices !== null && (inTokens || prices.perRequest !== undefined);

/** How a record says what it was charged for: as little as possible, most calls have nothing to say. */
function chargedFor({
  units = 1,
  serviceTier,
  toolCalls,
}: Charges = {}): Pick<UsageEvent, 'units' | 'serviceTier' | 'toolCalls'> {
  return {
    ...(units !== 1 && { units }),
    ...(serviceTier && { serviceTier }),
    ...(toolCalls && { toolCalls }),
  };
}

/** What an attempt used whose answer is not the call's: the loser of a hedge, a stream that broke and was resumed. */
export interface AlsoUsed {
  readonly live: LiveModel;
  readonly tokens: TokenCounts;
}

/**
 * What we will answer for: collects who called, what was asked and what happened, and turns it into the usage event once, at
 * the end. Nothing on the call path decides by it.
 */
export class CallRecord {
  readonly callId: string;
  readonly requestId: string;
  readonly atMs: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly session: string | null;
  readonly attempts: AttemptRecord[] = [];
  readonly findings: FindingRecord[] = [];
  /** Booked with the call, at these models' prices. */
  readonly alsoUsed: AlsoUsed[] = [];
  principal: Principal | null = null;
  private ask: Ask | null = null;
  route: Routed | null = null;
  /** The model that answered. */
  model: LiveModel | null = null;
  answeredModel: string | null = null;
  cache: CacheOutcome = 'bypass';
  /** How long ago the answer was kept, seconds (RFC 9111 §5.1); null when it was not kept. */
  ageSec: number | null = null;
  /** Headers for every answer from admission on. */
  limitHeaders: Readonly<Record<string, string>> = {};
  private readonly startedMs: number;
  private firstTokenMs: number | null = null;

  constructor(
    private readonly surface: Door,
    private readonly exchange: Exchange,
    private readonly clock: Clock,
  ) {
    this.atMs = clock.now();
    this.startedMs = clock.monotonic();
    this.callId = uuidv7(this.atMs);
    const given = headerOf(exchange, 'x-request-id');
    this.requestId = given !== undefined && REQUEST_ID.test(given) ? given : this.callId;
    this.tags = readTags(headerOf(exchange, 'x-tollgate-tags'));
    this.session = headerOf(exchange, 'x-tollgate-session')?.slice(0, 256) ?? null;
  }

  caller(principal: Principal): Principal {
    this.principal = principal;
    return principal;
  }

  asked<R extends Read>(read: R): R {
    this.ask = read.ask;
    return read;
  }

  routed(routed: Routed): Routed {
    this.route = routed;
    return routed;
  }

  inspected<R extends Read>({
    parsed,
    findings,
  }: {
    readonly parsed: R;
    readonly findings: readonly FindingRecord[];
  }): R {
    this.findings.push(...findings);
    return this.asked(parsed);
  }

  /** As the client sent it. */
  get traceparent(): string | undefined {
    return headerOf(this.exchange, 'traceparent');
  }

  /** Estimated size of what was asked. */
  get inputTokens(): number {
    return this.ask?.size.tokens ?? 0;
  }

  get streamed(): boolean {
    return this.ask?.stream ?? false;
  }

  firstToken(): void {
    this.firstTokenMs ??= this.elapsedMs();
  }

  /** The answer is one that was kept. */
  hit({ model, storedAtMs }: Pick<CachedAnswer<unknown>, 'model' | 'storedAtMs'>, outcome: CacheOutcome): void {
    this.cache = outcome;
    this.model = this.route?.organization.models.get(model) ?? null;
    this.ageSec = Math.max(0, Math.floor((this.clock.now() - storedAtMs) / 1000));
  }

  /** The attempt that answered has not finished its answer: what ended it. */
  brokeOff(outcome: string): void {
    const at = this.attempts.findLastIndex((attempt) => attempt.outcome === 'ok');
    const attempt = this.attempts[at];
    if (attempt) this.attempts[at] = { ...attempt, outcome };
  }

  /** Milliseconds since the call arrived, a whole number. */
  elapsedMs(): number {
    return Math.round(this.clock.monotonic() - this.startedMs);
  }

  /** The usage event of a call whose caller is known. */
  event(principal: Principal, outcome: Outcome): UsageEvent {
    const { model } = this;
    return {
      version: 1,
      callId: this.callId,
      requestId: this.requestId,
      atMs: this.atMs,
      organizationId: principal.organizationId,
      team: principal.team,
      costCenter: principal.costCenter,
      service: principal.service,
      agent: principal.agent,
      session: this.session,
      endUser: endUserOf(principal, this.ask),
      credentialId: principal.credentialId,
      surface: this.surface.id,
      route: this.route?.choice.route?.slug ?? null,
      requestedModel: this.ask?.model ?? '',
      model: model?.model.slug ?? null,
      provider: model?.provider.id ?? null,
      upstreamModel: model?.model.upstreamModel ?? null,
      answeredModel: this.answeredModel,
      status: outcome.status,
      error: outcome.error?.code ?? null,
      attempts: this.attempts,
      stream: this.ask?.stream ?? false,
      tokens: outcome.tokens,
      estimated: outcome.estimated,
      orphaned: false,
      costNanoUsd: outcome.costNanoUsd.toString(),
      priceVersion: model?.prices?.version ?? null,
      unpriced: model !== null && !isPriced(model, outcome),
      latencyMs: this.elapsedMs(),
      firstTokenMs: this.firstTokenMs,
      cache: this.cache,
      ...(outcome.savedNanoUsd !== undefined && { savedNanoUsd: outcome.savedNanoUsd.toString() }),
      findings: this.findings,
      tags: this.tags,
      traceId: traceIdOf(this.traceparent),
      providerCredential: model?.model.credential ?? null,
      ...chargedFor(outcome.charges),
      ...actingFor(principal),
    };
  }

  /** A call that used nothing. */
  failure(principal: Principal, error: TollgateError): UsageEvent {
    return this.event(principal, { status: error.status, error, tokens: NO_TOKENS, estimated: false, costNanoUsd: 0n });
  }
}
