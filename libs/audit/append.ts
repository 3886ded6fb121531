import type { Prisma } from '#libs/database';
import type { AuditEvent } from '#libs/messages';
import { FORMAT } from './canonical.js';
import { hashLink, START } from './chain.js';

/**
 * Appends an event to the chain of its organization, in the caller's transaction: change and proof are written together or
 * not at all. Writers of one organization queue on an advisory lock held until the transaction ends, so the chain cannot
 * fork. `before` and `after` must carry no secret.
 */
export async function append(tx: Prisma.TransactionClient, event: AuditEvent): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit:${event.organizationId}`}, 0))`;
  const last = await tx.auditEvent.findFirst({
    where: { organizationId: event.organizationId },
    orderBy: { sequence: 'desc' },
    select: { sequence: true, hash: true },
  });
  const head = last ?? START;
  const link = { format: FORMAT, sequence: head.sequence + 1n, previousHash: head.hash, event: asStored(event) };
  const { organizationId, atMs, actor, action, resource, before, after, from } = link.event;
  await tx.auditEvent.create({
    data: {
      organizationId,
      sequence: link.sequence,
      at: new Date(atMs),
      actor,
      action,
      resource,
      ...(before !== null && { before: before as Prisma.InputJsonValue }),
      ...(after !== null && { after: after as Prisma.InputJsonValue }),
      origin: from,
      format: link.format,
      previousHash: link.previousHash,
      hash: hashLink(link),
    },
  });
}

/** The event as it will be read again: dates have become text and undefined properties are gone. */
function asStored(event: AuditEvent): AuditEvent {
  return JSON.parse(JSON.stringify(event)) as AuditEvent;
}
