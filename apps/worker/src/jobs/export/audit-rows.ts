import type { Pool } from 'pg';
import type { Exported, ExportRange } from '#libs/ledger';

const PAGE = 1_000;

export const AUDIT_COLUMNS = [
  ...['sequence', 'at', 'actor', 'action', 'resource', 'before', 'after', 'origin', 'format', 'previous_hash', 'hash'],
] as const;

interface AuditRow extends Readonly<Record<string, unknown>> {
  readonly sequence: string;
  readonly at: Date;
}

/** The audit trail, oldest first, with what its chain can be verified by; read in pages, so of any number. */
export async function* exportAudit(pool: Pool, { organizationId, from, to }: ExportRange): AsyncGenerator<Exported> {
  for (let last = '-1'; ; ) {
    const { rows } = await pool.query<AuditRow>(
      `SELECT sequence, at, actor, action, resource, before, after, origin, format, previous_hash, hash FROM audit_events
       WHERE organization_id = $1 AND sequence > $2 AND at >= $3 AND at < $4 ORDER BY sequence LIMIT $5`,
      [organizationId, last, from, to, PAGE],
    );
    for (const row of rows) yield { at: row.at, row: { ...row, at: row.at.toISOString() } };
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.sequence ?? last;
  }
}
