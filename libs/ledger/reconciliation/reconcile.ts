import type pg from 'pg';
import { TollgateError } from '#libs/core';
import { inTransaction } from '../transaction.js';
import { formatOf } from './formats/index.js';
import { judgeAll } from './judge-all.js';
import { readExport } from './read-export.js';
import { getReconciliation, type Reconciliation, type ReconciliationId } from './reconciliation.js';
import { recordHere } from './recorded.js';
import { stageRows } from './stage.js';
import { summarize } from './summary.js';
import { uploadedPieces } from './upload.js';

/** How far it is: bytes read of all bytes. */
export type OnProgress = (bytesRead: number, bytes: number) => Promise<void>;

/**
 * Holds an uploaded export against the ledger: reads it, adds what the ledger has of the same days, judges every line. One
 * transaction, so a worker that dies leaves nothing half done; finished ones are left alone, so it may be tried again. A file
 * that cannot be read ends as `failed`, with the reason. Memory does not grow with the file.
 */
export async function reconcile(
  pool: pg.Pool,
  identity: ReconciliationId,
  onProgress: OnProgress,
): Promise<Reconciliation> {
  try {
    await inTransaction(pool, async (client) => {
      // Two workers with the same job take turns; the second finds it done.
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`reconcile ${identity.id}`]);
      const reconciliation = await getReconciliation(client, identity);
      if (reconciliation.status === 'done' || reconciliation.status === 'failed') return;
      await carryOut(pool, client, reconciliation, onProgress);
    });
  } catch (cause) {
    if (!(cause instanceof TollgateError) || cause.code !== 'invalid_request') throw cause;
    await markFailed(pool, identity, cause.message);
  }
  return getReconciliation(pool, identity);
}

async function carryOut(
  pool: pg.Pool,
  client: pg.PoolClient,
  reconciliation: Reconciliation,
  onProgress: OnProgress,
): Promise<void> {
  const { id, kind, parameters, bytes } = reconciliation;
  const pieces = watched(uploadedPieces(client, id), async (bytesRead) => {
    await showProgress(pool, reconciliation, bytesRead);
    await onProgress(bytesRead, Number(bytes));
  });
  const rows = readExport(pieces, formatOf(kind, parameters.columns), parameters.delimiter);
  const count = await stageRows(client, id, rows, credentialsBy(parameters.credentials));
  await recordHere(client, reconciliation);
  await judgeAll(client, id, parameters.tolerance);
  const summary = await summarize(client, id);
  await client.query('DELETE FROM reconciliation_pieces WHERE reconciliation_id = $1', [id]);
  await client.query(
    `UPDATE reconciliations SET status = 'done', rows = $2, bytes_read = bytes, summary = $3, finished_at = now()
     WHERE id = $1`,
    [id, count, JSON.stringify(summary)],
  );
}

/** Without a mapping keys are not told apart; with one, a key that it does not name stands under its own name. */
function credentialsBy(credentials: Readonly<Record<string, string>>): (key: string) => string {
  const known = new Map(Object.entries(credentials));
  return known.size === 0 ? () => '' : (key) => known.get(key) ?? key;
}

async function* watched(
  pieces: AsyncIterable<Buffer>,
  onRead: (bytesRead: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  let bytesRead = 0;
  for await (const piece of pieces) {
    yield piece;
    bytesRead += piece.length;
    await onRead(bytesRead);
  }
}

/** On another connection: what the transaction writes nobody sees before its end. */
async function showProgress(pool: pg.Pool, { id, organizationId }: ReconciliationId, bytesRead: number): Promise<void> {
  await pool.query(
    `UPDATE reconciliations SET status = 'running', bytes_read = $3
     WHERE id = $1 AND organization_id = $2 AND status IN ('waiting', 'running')`,
    [id, organizationId, bytesRead],
  );
}

async function markFailed(pool: pg.Pool, { id, organizationId }: ReconciliationId, error: string): Promise<void> {
  await pool.query(
    `UPDATE reconciliations SET status = 'failed', error = $3, finished_at = now()
     WHERE id = $1 AND organization_id = $2 AND status IN ('waiting', 'running')`,
    [id, organizationId, error],
  );
  await pool.query('DELETE FROM reconciliation_pieces WHERE reconciliation_id = $1', [id]);
}
