import type { Pool } from 'pg';
import type { ChainHead } from '#libs/audit';

/** Where every audit trail ends, by organization. Looks at one row of each, however long they are. */
export async function chainHeads(pool: Pool): Promise<ReadonlyMap<string, ChainHead>> {
  const { rows } = await pool.query<{ organization_id: string; sequence: string; hash: string }>(`
    WITH RECURSIVE chains AS (
      (SELECT organization_id FROM audit_events ORDER BY organization_id LIMIT 1)
      UNION ALL
      SELECT (SELECT organization_id FROM audit_events AS later
              WHERE later.organization_id > chains.organization_id ORDER BY organization_id LIMIT 1)
      FROM chains WHERE chains.organization_id IS NOT NULL
    )
    SELECT head.organization_id, head.sequence, head.hash FROM chains CROSS JOIN LATERAL (
      SELECT organization_id, sequence, hash FROM audit_events AS event
      WHERE event.organization_id = chains.organization_id ORDER BY sequence DESC LIMIT 1
    ) AS head`);
  return new Map(
    rows.map(({ organization_id, sequence, hash }) => [organization_id, { sequence: BigInt(sequence), hash }]),
  );
}
