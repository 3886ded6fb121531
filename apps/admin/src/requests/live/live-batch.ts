import { formatUsd } from '#libs/core';
import type { UsageEvent } from '#libs/messages';
import { totalInput, totalOutput } from '#libs/metering';
import type { LiveBatch, LiveRequest } from './live.dto.js';

/** A page has room for no more; the sums count them all. */
const REQUESTS_MAX = 50;

/** What is told of some calls: their sums, and the newest of them one by one, the newest first. */
export function liveBatch(events: readonly UsageEvent[]): LiveBatch {
  const sum = (of: (event: UsageEvent) => number): number => events.reduce((total, event) => total + of(event), 0);
  return {
    requests: events.length,
    errors: sum(({ status }) => (status >= 400 ? 1 : 0)),
    inputTokens: sum(({ tokens }) => totalInput(tokens)),
    outputTokens: sum(({ tokens }) => totalOutput(tokens)),
    costUsd: formatUsd(events.reduce((total, { costNanoUsd }) => total + BigInt(costNanoUsd), 0n)),
    newest: events.slice(-REQUESTS_MAX).reverse().map(toLiveRequest),
  };
}

function toLiveRequest(event: UsageEvent): LiveRequest {
  const { callId: id, atMs, team, service, agent, route, model, provider, requestedModel, status, error } = event;
  return {
    ...{ id, team, service, agent, route, model, provider, requestedModel, status, error },
    at: new Date(atMs),
    costUsd: formatUsd(BigInt(event.costNanoUsd)),
    latencyMs: event.latencyMs,
    firstTokenMs: event.firstTokenMs,
    cache: event.cache,
  };
}
