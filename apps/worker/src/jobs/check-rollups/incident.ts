import { formatUsd } from '#libs/core';
import type { RollupDifference, RollupSums } from '#libs/ledger';
import type { AuditEvent, WebhookEvent } from '#libs/messages';

/** What the audit trail keeps of a rollup that was wrong: which, what it said, and what it should have said. */
export function incident({ organizationId, span, begin, expected, found }: RollupDifference, atMs: number): AuditEvent {
  return {
    organizationId,
    atMs,
    actor: { kind: 'system', id: 'worker', name: 'worker' },
    action: 'rollup.differed',
    resource: { kind: 'rollup', id: `${span} ${begin.toISOString()}`, slug: null },
    before: shown(found),
    after: shown(expected),
    from: { ip: null, userAgent: null, requestId: null },
  };
}

/** The same for webhooks. A rollup that differs again at the next check is an event of its own. */
export function announcement({ organizationId, atMs, resource, before, after }: AuditEvent): WebhookEvent {
  const key = `${resource.id} ${atMs}`;
  return {
    organizationId,
    type: 'ledger.difference',
    key,
    atMs,
    data: { rollup: resource.id, found: before, expected: after },
  };
}

const shown = ({ requests, costNanoUsd }: RollupSums): object => ({
  requests: Number(requests),
  costUsd: formatUsd(costNanoUsd),
});
