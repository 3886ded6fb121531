import { NO_TOKENS, uuidv7 } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import type { ScriptHost } from '#libs/redis';
import { type Admission, type AdmissionRequest, Quota } from './admission.js';
import { declareCounted } from './budget-rebuild.js';
import type { CallFacts } from './call-facts.js';
import type { Budget, RateLimit } from './limits.js';
import { planAdmission } from './plan.js';
import type { ServerClock } from './server-clock.js';

/** Examples that the specs of this library vary. */
export const FACTS: CallFacts = {
  organizationId: 'org-1',
  teamPath: ['search', 'research'],
  service: 'crawler',
  agent: null,
  user: 'ada@example.com',
  route: 'chat',
  models: ['small'],
  tags: {},
};

export function rateLimit(change: Partial<RateLimit> = {}): RateLimit {
  return { id: uuidv7(), scope: {}, requestsPerMinute: null, tokensPerMinute: null, maxConcurrency: null, ...change };
}

export function budget(change: Partial<Budget> = {}): Budget {
  return {
    id: uuidv7(),
    slug: 'monthly',
    scope: {},
    amountNanoUsd: '1000000000',
    period: 'month',
    timezone: 'Europe/Berlin',
    enforcement: 'hard',
    alertsAt: [],
    ...change,
  };
}

export function usageEvent(change: Partial<UsageEvent> = {}): UsageEvent {
  const callId = change.callId ?? uuidv7();
  return {
    version: 1,
    callId,
    requestId: callId,
    atMs: 4_000_000_000_000,
    organizationId: FACTS.organizationId,
    team: 'search',
    costCenter: null,
    service: 'crawler',
    agent: null,
    session: null,
    endUser: null,
    credentialId: null,
    surface: 'openai-chat',
    route: 'chat',
    requestedModel: 'chat',
    model: 'small',
    provider: 'openai',
    upstreamModel: 'small-1',
    answeredModel: 'small-1',
    status: 200,
    error: null,
    attempts: [],
    stream: false,
    tokens: NO_TOKENS,
    estimated: false,
    orphaned: false,
    costNanoUsd: '0',
    priceVersion: null,
    unpriced: false,
    latencyMs: 1,
    firstTokenMs: null,
    cache: 'bypass',
    findings: [],
    tags: {},
    traceId: null,
    ...change,
  };
}

interface Situation {
  readonly limits?: readonly RateLimit[];
  readonly budgets?: readonly Budget[];
  readonly facts?: Partial<CallFacts>;
  readonly atMs?: number;
}

/** A call of ten input and ninety reserved output tokens that costs nothing, under these limits and budgets. */
export function request(situation: Situation, change: Partial<AdmissionRequest> = {}): AdmissionRequest {
  const { limits = [], budgets = [], facts = {}, atMs = 4_000_000_000_000 } = situation;
  const callId = change.callId ?? uuidv7();
  const worstCaseNanoUsd = change.worstCaseNanoUsd ?? 0n;
  return {
    callId,
    plan: planAdmission({ ...FACTS, ...facts }, limits, budgets, atMs),
    inputTokens: 10,
    outputTokensReserved: 90,
    worstCaseNanoUsd,
    holdMs: 60_000,
    estimate: usageEvent({ callId, costNanoUsd: worstCaseNanoUsd.toString() }),
    ...change,
  };
}

/** A Quota whose budgets are counted before anything is spent, as the worker sees to. */
export class CountedQuota extends Quota {
  constructor(
    private readonly host: ScriptHost,
    clock?: ServerClock,
  ) {
    super(host, clock);
  }

  override async admit(call: AdmissionRequest): Promise<Admission> {
    const { organizationId, budgets } = call.plan;
    const ids = budgets.map(({ budget }) => budget.id);
    await declareCounted(this.host, organizationId, ids, Date.now());
    return super.admit(call);
  }
}
