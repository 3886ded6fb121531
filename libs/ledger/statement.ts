import type pg from 'pg';
import { type NanoUsd, TollgateError } from '#libs/core';

/** `preview`: may be computed again; `closing`: a worker is at it; `closed`: its lines never change. */
export type StatementStatus = 'preview' | 'closing' | 'closed';

export interface Statement {
  readonly id: string;
  readonly organizationId: string;
  /** "2026-11", UTC. */
  readonly period: string;
  readonly status: StatementStatus;
  /** Sum of the lines. */
  readonly usageNanoUsd: NanoUsd;
  /** Sum of the adjustments entered on it so far, also after it was closed. */
  readonly adjustmentNanoUsd: NanoUsd;
  /** SHA-256 over the lines, hex; set at closing. */
  readonly linesHash: string | null;
  readonly closedAt: Date | null;
  readonly createdAt: Date;
}

/** Which statement: never found under another organization. */
export interface StatementId {
  readonly id: string;
  readonly organizationId: string;
}

/** The statement, or null when this organization has none of that id. */
export async function findStatement(pool: pg.Pool | pg.PoolClient, identity: StatementId): Promise<Statement | null> {
  const { rows } = await pool.query<StatementRow>(`${SELECT} WHERE organization_id = $1 AND id = $2`, [
    identity.organizationId,
    identity.id,
  ]);
  return rows[0] === undefined ? null : toStatement(rows[0]);
}

/** In the order they were made; `after` is the id of the last one of the page before. */
export async function listStatements(
  pool: pg.Pool,
  organizationId: string,
  { limit, after }: { readonly limit: number; readonly after: string },
): Promise<Statement[]> {
  const { rows } = await pool.query<StatementRow>(
    `${SELECT} WHERE organization_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [organizationId, after, limit],
  );
  return rows.map(toStatement);
}

/** As `findStatement`, but its absence is `not_found`. */
export async function getStatement(client: pg.Pool | pg.PoolClient, identity: StatementId): Promise<Statement> {
  const statement = await findStatement(client, identity);
  if (statement === null) throw new TollgateError('not_found', 'No such statement.');
  return statement;
}

const SELECT = `
  SELECT id, organization_id, period, status, total_nano_usd, lines_hash, closed_at, created_at,
    (SELECT coalesce(sum(amount_nano_usd), 0)::text FROM adjustments WHERE statement_id = statements.id) AS adjustments
  FROM statements`;

interface StatementRow {
  readonly id: string;
  readonly organization_id: string;
  readonly period: string;
  readonly status: StatementStatus;
  readonly total_nano_usd: string;
  readonly adjustments: string;
  readonly lines_hash: string | null;
  readonly closed_at: Date | null;
  readonly created_at: Date;
}

function toStatement(row: StatementRow): Statement {
  return {
    id: row.id,
    organizationId: row.organization_id,
    period: row.period,
    status: row.status,
    usageNanoUsd: BigInt(row.total_nano_usd),
    adjustmentNanoUsd: BigInt(row.adjustments),
    linesHash: row.lines_hash,
    closedAt: row.closed_at,
    createdAt: row.created_at,
  };
}
