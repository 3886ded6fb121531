import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Migration, readMigrations } from './migrations.js';

/** Why the database cannot be brought up to date; `message` is one line without secrets. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export interface MigrateOptions {
  /** Default: prisma/migrations of this package. */
  readonly migrations?: readonly Migration[];
  /** Told what was applied. */
  readonly onProgress?: (line: string) => void;
  /** Told of a migration whose file was changed after it was applied. */
  readonly onWarning?: (line: string) => void;
}

/** Prisma Migrate's own advisory lock, so that its CLI and this runner wait for each other. */
const MIGRATION_LOCK = 72_707_369;

/** The table of Prisma Migrate: its CLI reads what we write, and the other way round. */
const CREATE_JOURNAL = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Applies what the database lacks, as `prisma migrate deploy` would but without its CLI. Any number of processes may do
 * this at once: one works, the others wait and find nothing left. Returns the names of the migrations it applied. Throws
 * MigrationError when the server cannot be reached, when an earlier migration failed, or when one fails now.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const client = await connect(url);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(CREATE_JOURNAL);
    const applied = await readJournal(client);
    const missing: string[] = [];
    for (const migration of options.migrations ?? readMigrations()) {
      const checksum = applied.get(migration.name);
      if (checksum === undefined) {
        await apply(client, migration);
        options.onProgress?.(`Applied migration ${migration.name}`);
        missing.push(migration.name);
      } else if (checksum !== migration.checksum) {
        options.onWarning?.(`Migration ${migration.name} was changed after it had been applied`);
      }
    }
    return missing;
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const { host, pathname } = new URL(url);
    throw new MigrationError(`The database at ${host}${pathname} cannot be reached: ${reason(cause)}`, { cause });
  }
}

interface JournalRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** Applied migrations with their checksums. Throws when one began and never ended: only a person can tell what is left. */
async function readJournal(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<JournalRow>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const failed = rows.find((row) => row.finished_at === null);
  if (failed !== undefined)
    throw new MigrationError(
      `Migration ${failed.migration_name} failed earlier: repair the database, then run: npx prisma migrate resolve --rolled-back ${failed.migration_name}`,
    );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** Postgres runs the statements of one file as one transaction: a failed migration leaves only its line in the journal. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql);
  } catch (cause) {
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, reason(cause)]);
    throw new MigrationError(`Migration ${name} failed: ${reason(cause)}`, { cause });
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
}

/** One line. A refused connection to a name with several addresses is an AggregateError without a message of its own. */
function reason(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reason(cause.errors[0]);
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause);
}
