import type { Prisma } from '#libs/database';
import type { AuditEvent } from '#libs/messages';
import { missingTail } from './anchored.js';
import {
  type Anchored,
  type Break,
  type ChainHead,
  NOT_ANCHORED,
  START,
  type StoredLink,
  verifyLinks,
} from './chain.js';

const BATCH = 1000;

/** What a check of a whole chain found: its head when it is whole, else the first flaw. */
export type Verification =
  | { readonly ok: true; readonly head: ChainHead }
  | { readonly ok: false; readonly broken: Break };

/**
 * Checks the chain of one organization as the database has it, in batches of 1,000, and against its anchors: only they show
 * that links were cut off at the end, or that all were written anew.
 */
export async function verify(
  database: Prisma.TransactionClient,
  organizationId: string,
  anchored: Anchored = NOT_ANCHORED,
): Promise<Verification> {
  let head = START;
  for (;;) {
    const rows = await database.auditEvent.findMany({
      where: { organizationId, sequence: { gt: head.sequence } },
      orderBy: { sequence: 'asc' },
      take: BATCH,
    });
    const result = verifyLinks(rows.map(linkOf), head, anchored);
    if (!result.ok) return result;
    head = result.head;
    if (rows.length < BATCH) break;
  }
  const broken = missingTail(head, anchored);
  return broken ? { ok: false, broken } : { ok: true, head };
}

type Row = Prisma.Result<Prisma.TransactionClient['auditEvent'], object, 'findFirstOrThrow'>;

/** A row of the table as the link that was hashed. */
export function linkOf(row: Row): StoredLink {
  const { organizationId, sequence, at, actor, action, resource, before, after, origin, format, previousHash, hash } =
    row;
  const event = { organizationId, atMs: at.getTime(), actor, action, resource, before, after, from: origin };
  return { format, sequence, previousHash, hash, event: event as AuditEvent };
}
