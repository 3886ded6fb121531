import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { Prisma, type PrismaClient } from '#libs/database';
import { type MasterKey, newDataKey, open, openDataKey, seal } from '#libs/vault';
import { keyEvent } from './key-event.js';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.js';

/** Long enough for thousands of secrets, and for a master key that is asked over the network. */
const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };

export interface RenewDeps {
  readonly prisma: PrismaClient;
  readonly masterKey: MasterKey;
  readonly clock: Clock;
}

/**
 * Gives an organization a new data key and seals its secrets anew, all in one transaction: calls go on with the snapshot
 * that was, and then with the one that is. Returns how many secrets there were, or null without such an organization.
 * Throws SealBroken, and changes nothing, when a secret does not open.
 */
export async function renewDataKey(deps: RenewDeps, organizationId: string): Promise<number | null> {
  const { prisma, masterKey, clock } = deps;
  const { wrapped, key } = await newDataKey(masterKey, organizationId);
  return prisma.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ slug: string; wrapped: string }[]>`
      SELECT slug, wrapped_data_key AS wrapped FROM organizations WHERE id = ${organizationId}::uuid FOR UPDATE`;
    if (!before) return null;
    const old = await openDataKey(masterKey, before.wrapped, organizationId);
    let resealed = 0;
    for (const column of SEALED_COLUMNS) resealed += await reseal(tx, organizationId, column, { old, key });
    await tx.$executeRaw`
      UPDATE organizations SET wrapped_data_key = ${wrapped}, data_key_made_at = ${new Date(clock.now())},
        snapshot_version = snapshot_version + 1
      WHERE id = ${organizationId}::uuid`;
    const changed = { organizationId, slug: before.slug, wrappedBefore: before.wrapped, wrappedAfter: wrapped };
    await append(tx, keyEvent('renewed', changed, clock.now()));
    return resealed;
  }, TRANSACTION);
}

/** By SQL, because Prisma would touch updatedAt as well: to those who look at it, the record has not changed. */
async function reseal(
  tx: Prisma.TransactionClient,
  organizationId: string,
  { table, column }: SealedColumn,
  { old, key }: { readonly old: Buffer; readonly key: Buffer },
): Promise<number> {
  const [from, sealed] = [Prisma.raw(table), Prisma.raw(column)];
  const rows = await tx.$queryRaw<{ id: string; sealed: string }[]>`
    SELECT id, ${sealed} AS sealed FROM ${from}
    WHERE organization_id = ${organizationId}::uuid AND ${sealed} IS NOT NULL FOR UPDATE`;
  for (const row of rows) {
    const resealed = seal(key, row.id, open(old, row.id, row.sealed));
    await tx.$executeRaw`UPDATE ${from} SET ${sealed} = ${resealed} WHERE id = ${row.id}::uuid`;
  }
  return rows.length;
}
