import type pg from 'pg';

/** Sums over the lines of one outcome and cause. Amounts in nano-USD as decimal strings, because it is kept as JSON. */
export interface SummaryPart {
  readonly outcome: string;
  readonly cause: string | null;
  readonly lines: number;
  readonly thereCostNanoUsd: string | null;
  readonly hereCostNanoUsd: string;
}

export interface Summary {
  /** First and last day of the export, null when it has no row. */
  readonly from: string | null;
  readonly to: string | null;
  readonly parts: readonly SummaryPart[];
}

export async function summarize(client: pg.PoolClient, reconciliationId: string): Promise<Summary> {
  const parts = await client.query<SummaryPart>(
    `SELECT outcome, cause, count(*)::int AS lines, sum(there_cost_nano_usd)::text AS "thereCostNanoUsd",
       coalesce(sum(here_cost_nano_usd), 0)::text AS "hereCostNanoUsd"
     FROM reconciliation_lines WHERE reconciliation_id = $1 GROUP BY outcome, cause ORDER BY outcome, cause`,
    [reconciliationId],
  );
  const days = await client.query<{ from: string | null; to: string | null }>(
    `SELECT min(day)::text AS "from", max(day)::text AS "to" FROM reconciliation_lines WHERE reconciliation_id = $1`,
    [reconciliationId],
  );
  return { from: days.rows[0]?.from ?? null, to: days.rows[0]?.to ?? null, parts: parts.rows };
}
