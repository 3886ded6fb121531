import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import { parsePeriod } from './period.js';

/** What the ledger says that a period cost: the sum of its usage records and of the adjustments on its statements. */
export async function ledgerTotal(pool: pg.Pool, organizationId: string, period: string): Promise<NanoUsd> {
  const { from, to, name } = parsePeriod(period);
  const { rows } = await pool.query<{ total: string }>(
    `SELECT (
       (SELECT coalesce(sum(cost_nano_usd), 0) FROM usage_records WHERE organization_id = $1 AND at >= $2 AND at < $3) +
       (SELECT coalesce(sum(amount_nano_usd), 0) FROM adjustments JOIN statements ON statements.id = statement_id
        WHERE statements.organization_id = $1 AND period = $4)
     )::text AS total`,
    [organizationId, from, to, name],
  );
  return BigInt(rows[0]?.total ?? '0');
}
