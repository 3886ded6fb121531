import type { Pool } from 'pg';

/** What Postgres has: for each table the number of its rows and the newest transaction that wrote one. */
export type Stored = Readonly<Record<string, string>>;

/** Denied calls are written down on purpose, and what is kept for the issuer has nothing to do with the request. */
const ROWS: Readonly<Record<string, string>> = {
  audit_events: `WHERE action <> 'permission.denied'`,
};
const NOT_OURS = ['oidc_payloads', '_tollgate_migrations', '_prisma_migrations'];

/** Reads {@link Stored}. Two that are equal enclose no committed change. */
export async function storedReader(pool: Pool): Promise<() => Promise<Stored>> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL ($1) ORDER BY 1`,
    [NOT_OURS],
  );
  const query = rows
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) AS state FROM "${name}" ${ROWS[name] ?? ''}`,
    )
    .join(' UNION ALL ');
  return async () => {
    const answer = await pool.query<{ name: string; state: string }>(query);
    return Object.fromEntries(answer.rows.map(({ name, state }) => [name, state]));
  };
}

/** The tables in which something was written between the two. */
export function changedTables(before: Stored, after: Stored): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}
