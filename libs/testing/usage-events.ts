import { NO_TOKENS, uuidv7 } from '#libs/core';
import type { UsageEvent } from '#libs/messages';

/** A usage event like one the gateway emits for an answered call, with what the test cares about in place. */
export function usageEvent(facts: Partial<UsageEvent> & Pick<UsageEvent, 'organizationId'>): UsageEvent {
  const callId = facts.callId ?? uuidv7();
  return {
    version: 1,
    callId,
    requestId: callId,
    atMs: Date.now(),
    team: 'engineering',
    costCenter: 'CC-100',
    service: 'assistant',
    agent: null,
    session: null,
    endUser: null,
    credentialId: null,
    surface: 'openai-chat',
    route: 'default',
    requestedModel: 'default',
    model: 'gpt',
    provider: 'openai',
    upstreamModel: 'gpt-4o-mini',
    answeredModel: 'gpt-4o-mini-2024-07-18',
    status: 200,
    error: null,
    attempts: [{ model: 'gpt', outcome: 'ok', ms: 420, status: 200 }],
    stream: false,
    tokens: { ...NO_TOKENS, input: 1200, cacheRead: 300, output: 80, reasoning: 20 },
    estimated: false,
    orphaned: false,
    costNanoUsd: '270000',
    priceVersion: 'catalogue:0.1.8:openai/gpt-4o-mini',
    unpriced: false,
    latencyMs: 431,
    firstTokenMs: null,
    cache: 'miss',
    findings: [],
    tags: {},
    traceId: null,
    ...facts,
  };
}
