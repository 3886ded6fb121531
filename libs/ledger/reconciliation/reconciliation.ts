import type pg from 'pg';
import { TollgateError, uuidv7 } from '#libs/core';
import type { GenericColumns } from './billed-row.js';
import type { ReconciliationKind } from './formats/index.js';
import type { Delimiter } from './read-export.js';
import type { Summary } from './summary.js';

/** `waiting` for a worker, `running`, `done`, or `failed`: the file cannot be read. */
export type ReconciliationStatus = 'waiting' | 'running' | 'done' | 'failed';

/** How an export is read and held against the ledger. */
export interface ReconciliationParameters {
  /** Our id of the provider. */
  readonly provider: string;
  /** Of a generic CSV. */
  readonly columns: GenericColumns | null;
  readonly delimiter: Delimiter;
  /** The provider's name of a key → slug of our credential. Empty: credentials are not told apart. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Whose days the export has, IANA. */
  readonly timezone: string;
  /** A difference counts when it is larger than both. */
  readonly tolerance: Tolerance;
}

export interface Tolerance {
  readonly tokens: number;
  readonly requests: number;
  /** Nano-USD as a decimal string. */
  readonly costNanoUsd: string;
  /** Of the larger side, in millionths: 5000 = 0.5 %. */
  readonly millionths: number;
}

export interface ReconciliationId {
  readonly id: string;
  readonly organizationId: string;
}

export interface Reconciliation extends ReconciliationId {
  readonly kind: ReconciliationKind;
  readonly parameters: ReconciliationParameters;
  readonly status: ReconciliationStatus;
  readonly bytes: bigint;
  /** How much of the file has been read. */
  readonly bytesRead: bigint;
  readonly rows: bigint;
  readonly summary: Summary | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface NewReconciliation {
  readonly organizationId: string;
  readonly kind: ReconciliationKind;
  /** Of the file and how it is to be read. */
  readonly fingerprint: string;
  readonly parameters: ReconciliationParameters;
  readonly bytes: number;
}

const COLUMNS = `id, organization_id AS "organizationId", kind, parameters, status, bytes, bytes_read AS "bytesRead", rows,
  summary, error, created_at AS "createdAt", finished_at AS "finishedAt"`;

type Row = Omit<Reconciliation, 'bytes' | 'bytesRead' | 'rows'> & {
  readonly bytes: string;
  readonly bytesRead: string;
  readonly rows: string;
};

/** Registers an uploaded file. The same one, to be read the same way, is there already: then that reconciliation is the answer. */
export async function createReconciliation(
  client: pg.PoolClient,
  { organizationId, kind, fingerprint, parameters, bytes }: NewReconciliation,
): Promise<Reconciliation & { readonly isNew: boolean }> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO reconciliations (id, organization_id, kind, fingerprint, parameters, bytes)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, fingerprint) DO NOTHING RETURNING id`,
    [uuidv7(), organizationId, kind, fingerprint, JSON.stringify(parameters), bytes],
  );
  const known = await client.query<Row>(
    `SELECT ${COLUMNS} FROM reconciliations WHERE organization_id = $1 AND fingerprint = $2`,
    [organizationId, fingerprint],
  );
  return { ...toReconciliation(known.rows[0] as Row), isNew: rows.length > 0 };
}

/** The reconciliation, or null when this organization has none of that id. */
export async function findReconciliation(
  client: pg.Pool | pg.PoolClient,
  { id, organizationId }: ReconciliationId,
): Promise<Reconciliation | null> {
  const { rows } = await client.query<Row>(
    `SELECT ${COLUMNS} FROM reconciliations WHERE organization_id = $1 AND id = $2`,
    [organizationId, id],
  );
  return rows[0] === undefined ? null : toReconciliation(rows[0]);
}

/** As `findReconciliation`, but its absence is `not_found`. */
export async function getReconciliation(
  client: pg.Pool | pg.PoolClient,
  identity: ReconciliationId,
): Promise<Reconciliation> {
  const reconciliation = await findReconciliation(client, identity);
  if (reconciliation === null) throw new TollgateError('not_found', 'No such reconciliation.');
  return reconciliation;
}

/** In the order they were made; `after` is the id of the last one of the page before. */
export async function listReconciliations(
  pool: pg.Pool,
  organizationId: string,
  { limit, after }: { readonly limit: number; readonly after: string },
): Promise<Reconciliation[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${COLUMNS} FROM reconciliations WHERE organization_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [organizationId, after, limit],
  );
  return rows.map(toReconciliation);
}

/** Those that nobody has finished `olderThanMs` after they were made: their job may be lost. */
export async function unfinishedReconciliations(pool: pg.Pool, olderThanMs: number): Promise<ReconciliationId[]> {
  const { rows } = await pool.query<ReconciliationId>(
    `SELECT id, organization_id AS "organizationId" FROM reconciliations
     WHERE status IN ('waiting', 'running') AND created_at < now() - $1 * interval '1 millisecond'
     ORDER BY id LIMIT 100`,
    [olderThanMs],
  );
  return rows;
}

function toReconciliation(row: Row): Reconciliation {
  return { ...row, bytes: BigInt(row.bytes), bytesRead: BigInt(row.bytesRead), rows: BigInt(row.rows) };
}
