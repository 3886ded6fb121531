import type pg from 'pg';
import { COLUMNS } from './usage-columns.js';
import type { UsageRow } from './usage-row.js';

/** An hour of an organization that got new records. `hour` is ISO 8601, UTC, on the hour. */
export interface TouchedHour {
  readonly organizationId: string;
  readonly hour: string;
  readonly records: number;
}

const NAMES = COLUMNS.map(({ name }) => name).join(', ');
const ARRAYS = COLUMNS.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');

/**
 * One statement, so one transaction: records that are new, and a mark on each of their hours that its rollup is now older
 * than its records. Both are sorted, so that two workers with the same batch wait for each other instead of deadlocking.
 */
const INSERT = `
  WITH inserted AS (
    INSERT INTO usage_records (${NAMES})
    SELECT * FROM unnest(${ARRAYS}) AS event (${NAMES}) ORDER BY call_id
    ON CONFLICT DO NOTHING
    RETURNING organization_id, date_trunc('hour', at, 'UTC') AS hour
  ), marked AS (
    INSERT INTO usage_rollup_pending AS pending (organization_id, hour)
    SELECT DISTINCT organization_id, hour FROM inserted ORDER BY organization_id, hour
    ON CONFLICT (organization_id, hour) DO UPDATE SET generation = pending.generation + 1
  )
  SELECT organization_id, hour, count(*)::int AS records FROM inserted GROUP BY organization_id, hour`;

interface InsertedHour {
  readonly organization_id: string;
  readonly hour: Date;
  readonly records: number;
}

/**
 * Writes the batch and says which hours got records that were not there before. A record that is there already stays as it
 * is: the same batch may come any number of times. The partitions of its days must exist. All or nothing.
 */
export async function insertUsage(pool: pg.Pool, batch: readonly UsageRow[]): Promise<TouchedHour[]> {
  if (batch.length === 0) return [];
  const columns = COLUMNS.map((_, index) => batch.map((row) => row.cells[index]));
  const { rows } = await pool.query<InsertedHour>({ name: 'insert-usage', text: INSERT, values: columns });
  return rows.map(({ organization_id, hour, records }) => ({
    organizationId: organization_id,
    hour: hour.toISOString(),
    records,
  }));
}
