import type pg from 'pg';
import { type NanoUsd, TollgateError, uuidv7 } from '#libs/core';
import type { StatementId } from './statement.js';

export interface NewAdjustment {
  /** Slug of a team of the organization. */
  readonly team: string;
  /** Slug of a service, or null for the team as a whole. */
  readonly service: string | null;
  /** Signed: negative is a credit. */
  readonly amountNanoUsd: NanoUsd;
  readonly reason: string;
}

export interface Adjustment extends NewAdjustment {
  readonly id: string;
  readonly statementId: string;
  readonly costCenter: string | null;
  readonly createdAt: Date;
}

/**
 * Enters a correction on a statement, open or closed: a line of its own, never an edit of another. It takes the cost centre
 * that the team has now. Throws `not_found` for a statement of another organization, and for a team that neither
 * exists nor is on the statement.
 */
export async function addAdjustment(
  client: pg.Pool | pg.PoolClient,
  statement: StatementId,
  { team, service, amountNanoUsd, reason }: NewAdjustment,
): Promise<Adjustment> {
  const costCenter = await costCenterOf(client, statement, team);
  const id = uuidv7();
  const { rows } = await client.query<{ created_at: Date }>(
    `INSERT INTO adjustments (id, organization_id, statement_id, team, service, cost_center, amount_nano_usd, reason)
     SELECT $1, organization_id, id, $4, $5, $6, $7, $8 FROM statements WHERE id = $2 AND organization_id = $3
     RETURNING created_at`,
    [id, statement.id, statement.organizationId, team, service, costCenter, amountNanoUsd, reason],
  );
  if (rows[0] === undefined) throw new TollgateError('not_found', 'No such statement.');
  return {
    id,
    statementId: statement.id,
    team,
    service,
    costCenter,
    amountNanoUsd,
    reason,
    createdAt: rows[0].created_at,
  };
}

/** A team that was deleted since can still be corrected, under the cost centre that its line names. */
async function costCenterOf(
  client: pg.Pool | pg.PoolClient,
  { id, organizationId }: StatementId,
  team: string,
): Promise<string | null> {
  const { rows } = await client.query<{ cost_center: string | null }>(
    `SELECT cost_center FROM teams WHERE organization_id = $1 AND slug = $2
     UNION ALL
     SELECT cost_center FROM statement_lines JOIN statements ON statements.id = statement_id
     WHERE organization_id = $1 AND team = $2 AND statement_id = $3
     LIMIT 1`,
    [organizationId, team, id],
  );
  if (rows[0] === undefined) {
    const message = `names nothing that exists: ${JSON.stringify(team)}`;
    throw new TollgateError('not_found', `team: ${message}`, { param: 'team', fields: [{ field: 'team', message }] });
  }
  return rows[0].cost_center;
}
