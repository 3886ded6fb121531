import { createHash } from 'node:crypto';
import type pg from 'pg';
import { TollgateError } from '#libs/core';
import { inTransaction } from '../transaction.js';
import { createReconciliation, type NewReconciliation, type Reconciliation } from './reconciliation.js';

const PIECE_BYTES = 256 * 1024;
/** A year of days, models and keys of a large organization is a tenth of it. */
export const UPLOAD_BYTES_MAX = 512 * 1024 * 1024;

/**
 * Takes in a provider's export as it arrives, in pieces, so of any size in constant memory. All or nothing. The same file, to be
 * read the same way, is stored once: its reconciliation is the answer. Throws `request_too_large`.
 */
export function uploadExport(
  pool: pg.Pool,
  upload: Pick<NewReconciliation, 'organizationId' | 'kind' | 'parameters'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Reconciliation> {
  return inTransaction(pool, async (client) => {
    await client.query('CREATE TEMPORARY TABLE uploaded_pieces (sequence integer, bytes bytea) ON COMMIT DROP');
    const hash = createHash('sha256').update(JSON.stringify([upload.kind, upload.parameters]));
    let size = 0;
    let sequence = 0;
    for await (const piece of pieces(bytes)) {
      size += piece.length;
      if (size > UPLOAD_BYTES_MAX)
        throw new TollgateError('request_too_large', `The file is larger than ${UPLOAD_BYTES_MAX} bytes.`);
      hash.update(piece);
      await client.query('INSERT INTO uploaded_pieces VALUES ($1, $2)', [sequence++, piece]);
    }
    if (size === 0) throw new TollgateError('invalid_request', 'file: is empty', { param: 'file' });
    const reconciliation = await createReconciliation(client, {
      ...upload,
      fingerprint: hash.digest('hex'),
      bytes: size,
    });
    if (reconciliation.isNew)
      await client.query('INSERT INTO reconciliation_pieces SELECT $1, sequence, bytes FROM uploaded_pieces', [
        reconciliation.id,
      ]);
    return reconciliation;
  });
}

/** The file again, piece by piece. */
export async function* uploadedPieces(client: pg.PoolClient, reconciliationId: string): AsyncGenerator<Buffer> {
  for (let sequence = 0; ; sequence++) {
    const { rows } = await client.query<{ bytes: Buffer }>(
      'SELECT bytes FROM reconciliation_pieces WHERE reconciliation_id = $1 AND sequence = $2',
      [reconciliationId, sequence],
    );
    if (rows[0] === undefined) return;
    yield rows[0].bytes;
  }
}

async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    size += chunk.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}
