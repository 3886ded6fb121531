import type { Verification } from '#libs/audit';
import type { AuditEvent } from '#libs/database';
import type { AuditEventAnswer, VerificationAnswer } from './audit-events.dto.js';

export function toApi(row: AuditEvent): AuditEventAnswer {
  const { sequence, at, actor, action, resource, before, after, origin, format, previousHash, hash } = row;
  return {
    sequence: Number(sequence),
    at,
    actor,
    action,
    resource,
    before,
    after,
    from: origin,
    format,
    previousHash,
    hash,
  };
}

export function toVerification(result: Verification): VerificationAnswer {
  if (result.ok) return { ok: true, events: Number(result.head.sequence), hash: result.head.hash, broken: null };
  const { sequence, reason } = result.broken;
  return { ok: false, events: null, hash: null, broken: { sequence: Number(sequence), reason } };
}
