import { formatUsd } from '#libs/core';
import type { Statement } from '#libs/ledger';
import type { AuditEvent } from '#libs/messages';

/** What the audit trail keeps of a closed statement: its sum, and the hash that its lines can be held against. */
export function closingEvent(statement: Statement, atMs: number): AuditEvent {
  const { id, organizationId, period, usageNanoUsd, linesHash, closedAt } = statement;
  return {
    organizationId,
    atMs,
    actor: { kind: 'system', id: 'worker', name: 'worker' },
    action: 'statement.closed',
    resource: { kind: 'statement', id, slug: null },
    before: null,
    after: { period, usageUsd: formatUsd(usageNanoUsd), linesHash, closedAt },
    from: { ip: null, userAgent: null, requestId: null },
  };
}
