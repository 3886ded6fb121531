import type pg from 'pg';
import { inTransaction } from './transaction.js';

const DAY_MS = 86_400_000;
/** Any number that no other advisory lock of this database uses. */
export const PARTITIONS_LOCK = 5_204_117;

/** The UTC day of a moment, `2026-11-28`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `count` UTC days beginning with that of `fromMs`. */
export function daysFrom(fromMs: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayOf(fromMs + index * DAY_MS));
}

/**
 * Makes the partitions of usage_records for these UTC days (`2026-11-28`) that do not exist yet; returns the days it made.
 * Any number of processes may do so at once. Readers and writers of other days are not held up: a table is built aside and
 * then attached, which takes only a lock that both pass.
 */
export async function ensurePartitions(pool: pg.Pool, days: readonly string[]): Promise<string[]> {
  if ((await missing(pool, days)).length === 0) return [];
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
    const made = await missing(client, days);
    for (const day of made) {
      const table = `usage.${tableOf(day)}`;
      const next = dayOf(Date.parse(day) + DAY_MS);
      await client.query(`CREATE TABLE ${table} (LIKE public.usage_records INCLUDING ALL)`);
      await client.query(
        `ALTER TABLE public.usage_records ATTACH PARTITION ${table}
         FOR VALUES FROM ('${day} 00:00:00+00') TO ('${next} 00:00:00+00')`,
      );
    }
    return made;
  });
}

/** UTC days that have a partition and may hold something of this time, the newest first. Null: open. */
export async function partitionDays(
  pool: Pick<pg.Pool, 'query'>,
  { from, to }: { readonly from: Date | null; readonly to: Date | null },
): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'usage'::regnamespace AND relkind = 'r' AND relname LIKE 'usage\\_records\\_%'
     ORDER BY relname DESC`,
  );
  const days = rows.map(({ name }) => name.slice(-8).replace(/^(....)(..)(..)$/, '$1-$2-$3'));
  return days.filter(
    (day) =>
      (from === null || Date.parse(day) + DAY_MS > from.getTime()) && (to === null || Date.parse(day) < to.getTime()),
  );
}

async function missing(client: pg.Pool | pg.PoolClient, days: readonly string[]): Promise<string[]> {
  const tables = [...new Set(days)].sort().map((day) => ({ day, table: tableOf(day) }));
  // Not to_regclass: it answers from the session's cache, which may not have heard of a table made by another.
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'usage'::regnamespace AND relname = ANY($1)`,
    [tables.map(({ table }) => table)],
  );
  const existing = new Set(rows.map(({ name }) => name));
  return tables.filter(({ table }) => !existing.has(table)).map(({ day }) => day);
}

/** The name goes into SQL as it is, so nothing but a date may pass. */
function tableOf(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a day: ${day}`);
  return `usage_records_${day.replaceAll('-', '')}`;
}
