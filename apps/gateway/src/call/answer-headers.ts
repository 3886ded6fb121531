import { formatUsd, type NanoUsd } from '#libs/core';
import type { CallRecord } from './record.js';

/** What every successful answer says about itself. */
export function answerHeaders(record: CallRecord, dropped: readonly string[]): Record<string, string> {
  const { model, route } = record;
  return {
    'x-request-id': record.requestId,
    ...(route?.choice.route && { 'x-tollgate-route': route.choice.route.slug }),
    ...(model && { 'x-tollgate-provider': model.provider.id, 'x-tollgate-model': model.model.slug }),
    'x-tollgate-attempts': String(record.attempts.length),
    'x-tollgate-cache': record.cache,
    ...(record.ageSec !== null && { age: String(record.ageSec) }),
    ...(dropped.length > 0 && { 'x-tollgate-dropped-params': listed(dropped) }),
    ...record.limitHeaders,
  };
}

/** Names come from the client: whatever is in them, they make a header, and not an endless one. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 32).map((name) => name.slice(0, 64).replace(/[^\x21-\x2b\x2d-\x7e]/g, '?'));
  return [...shown, ...(names.length > shown.length ? ['...'] : [])].join(', ');
}

export const costHeader = (cost: NanoUsd): Record<string, string> => ({ 'x-tollgate-cost-usd': formatUsd(cost) });

/** A stream's headers are out before its cost is known: it comes as a comment after the last event, which SSE clients ignore. */
export const costComment = (cost: NanoUsd): string => `: x-tollgate-cost-usd ${formatUsd(cost)}\n\n`;
