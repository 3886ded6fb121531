import type pg from 'pg';
import { TollgateError } from '#libs/core';
import type { Period } from './period.js';

/**
 * From when on the records of organizations are kept, milliseconds since the epoch; those of which none were deleted are
 * absent.
 */
export async function keptFrom(
  client: pg.Pool | pg.PoolClient,
  organizationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ organization_id: string; records_from: Date }>(
    `SELECT organization_id, records_from FROM organization_settings
     WHERE organization_id = ANY($1::uuid[]) AND records_from IS NOT NULL`,
    [organizationIds],
  );
  return new Map(rows.map(({ organization_id, records_from }) => [organization_id, records_from.getTime()]));
}

/** Throws `conflict` when retention has deleted records of the period: what is left of them does not add up to what it cost. */
export async function requireKept(client: pg.PoolClient, organizationId: string, period: Period): Promise<void> {
  const from = (await keptFrom(client, [organizationId])).get(organizationId);
  if (from !== undefined && from > Date.parse(period.from))
    throw new TollgateError('conflict', `The records of ${period.name} are no longer all kept.`);
}
