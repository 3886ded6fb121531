import type pg from 'pg';
import { dayOf, PARTITIONS_LOCK } from './partitions.js';
import { inTransaction } from './transaction.js';

const DAY_MS = 86_400_000;
const ROWS_PER_DELETE = 5_000;

/** What one run of retention did. */
export interface Retained {
  /** UTC days whose partition was dropped. */
  readonly dropped: readonly string[];
  /** Records deleted one by one, because other organizations keep theirs of the same day. */
  readonly deleted: number;
  /** Organizations whose old hours are not folded yet: their records stay until they are. */
  readonly waiting: readonly string[];
}

/**
 * Deletes the usage records that organizations no longer want to keep. First their boundary moves, once all hours before it are
 * folded; from then on late events of before are refused, and rollups of before are never computed anew. Then whatever lies
 * before the boundaries goes: whole days where no organization keeps any of it, else row by row. Rollups and statements stay.
 * Stopped anywhere, it goes on in the next run.
 */
export async function retain(pool: pg.Pool, nowMs: number): Promise<Retained> {
  const waiting = await moveBoundaries(pool, nowMs);
  const dropped: string[] = [];
  let deleted = 0;
  for (const day of await daysBefore(pool, await newestBoundary(pool))) {
    if (await dropDay(pool, day)) dropped.push(day);
    else deleted += await deleteFromDay(pool, day);
  }
  return { dropped, deleted, waiting };
}

/** The boundary is the beginning of a UTC day. Returns the organizations that have to wait. */
async function moveBoundaries(pool: pg.Pool, nowMs: number): Promise<string[]> {
  const { rows } = await pool.query<{ organization_id: string; moved: boolean }>(
    `WITH wanted AS (
       SELECT organization_id, ($1::date - records_days)::timestamp AT TIME ZONE 'UTC' AS boundary
       FROM organization_settings WHERE records_days IS NOT NULL
     ), due AS (
       SELECT wanted.*, NOT EXISTS (
         SELECT 1 FROM usage_rollup_pending AS pending
         WHERE pending.organization_id = wanted.organization_id AND pending.hour < boundary
       ) AS folded
       FROM wanted JOIN organization_settings USING (organization_id)
       WHERE records_from IS NULL OR records_from < boundary
     ), moved AS (
       UPDATE organization_settings SET records_from = boundary FROM due
       WHERE due.organization_id = organization_settings.organization_id AND folded
     )
     SELECT organization_id, folded AS moved FROM due`,
    [dayOf(nowMs)],
  );
  return rows.filter(({ moved }) => !moved).map(({ organization_id }) => organization_id);
}

async function newestBoundary(pool: pg.Pool): Promise<Date | null> {
  const { rows } = await pool.query<{ newest: Date | null }>(
    'SELECT max(records_from) AS newest FROM organization_settings',
  );
  return rows[0]?.newest ?? null;
}

/** Days that have a partition and lie before the moment, oldest first. */
async function daysBefore(pool: pg.Pool, moment: Date | null): Promise<string[]> {
  if (moment === null) return [];
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'usage'::regnamespace AND relkind = 'r'
       AND relname ~ '^usage_records_\\d{8}$' ORDER BY relname`,
  );
  return rows
    .map(({ name }) => name.slice(-8).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
    .filter((day) => Date.parse(day) < moment.getTime());
}

const tableOf = (day: string): string => `usage.usage_records_${day.replaceAll('-', '')}`;

/** Whether nobody keeps any record of the day, and so it is gone now. Waits at most a few seconds for readers to finish. */
async function dropDay(pool: pg.Pool, day: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
    const { rows } = await client.query(
      `SELECT 1 FROM organizations LEFT JOIN organization_settings AS settings ON settings.organization_id = organizations.id
       WHERE coalesce(records_from, '-infinity') < $1 AND EXISTS (
         SELECT 1 FROM ${tableOf(day)} AS record WHERE record.organization_id = organizations.id
       ) LIMIT 1`,
      [new Date(Date.parse(day) + DAY_MS)],
    );
    if (rows.length > 0) return false;
    await client.query(`ALTER TABLE public.usage_records DETACH PARTITION ${tableOf(day)}`);
    await client.query(`DROP TABLE ${tableOf(day)}`);
    return true;
  });
}

/** In batches, so that no transaction is long. */
async function deleteFromDay(pool: pg.Pool, day: string): Promise<number> {
  const table = tableOf(day);
  const { rows } = await pool.query<{ organization_id: string; records_from: Date }>(
    'SELECT organization_id, records_from FROM organization_settings WHERE records_from > $1',
    [new Date(day)],
  );
  let deleted = 0;
  for (const { organization_id, records_from } of rows)
    for (let count = ROWS_PER_DELETE; count === ROWS_PER_DELETE; deleted += count) {
      const result = await pool.query(
        `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM ${table} WHERE organization_id = $1 AND at < $2 LIMIT ${ROWS_PER_DELETE}
         ))`,
        [organization_id, records_from],
      );
      count = result.rowCount ?? 0;
    }
  return deleted;
}
