import type { AuditEvent } from '#libs/messages';

export interface ChangedKey {
  readonly organizationId: string;
  readonly slug: string;
  readonly wrappedBefore: string;
  readonly wrappedAfter: string;
}

/** What the audit trail keeps of a changed key: the marks of the master keys that wrap it, which reveal nothing. */
export function keyEvent(action: 'rewrapped' | 'renewed', key: ChangedKey, atMs: number): AuditEvent {
  const { organizationId, slug, wrappedBefore, wrappedAfter } = key;
  return {
    organizationId,
    atMs,
    actor: { kind: 'system', id: 'worker', name: 'worker' },
    action: `data-key.${action}`,
    resource: { kind: 'data-key', id: organizationId, slug },
    before: { masterKey: markOf(wrappedBefore) },
    after: { masterKey: markOf(wrappedAfter) },
    from: { ip: null, userAgent: null, requestId: null },
  };
}

/** `w1.AbCdEfGh` of `w1.AbCdEfGh.<sealed>`. */
function markOf(wrapped: string): string {
  return wrapped.split('.').slice(0, 2).join('.');
}
