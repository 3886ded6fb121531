import { TollgateError } from '#libs/core';
import type { Prisma } from '#libs/database';
import { open, seal } from '#libs/vault';
import type { IdempotentRequest } from '../http/write.js';

const KEEP_MS = 24 * 3_600_000;

/**
 * The answer that this request was given before, or null when it is new. Must run first in the transaction of the change:
 * the lock keeps a second request with the same key out until the transaction ends, however it ends, so that neither a
 * crash nor a refusal leaves a key behind that can never be used again.
 *
 * Throws conflict when the same request is being carried out right now, or when the key was used for another one.
 */
export async function earlierAnswer(
  tx: Prisma.TransactionClient,
  request: IdempotentRequest,
  dataKey: Buffer,
): Promise<{ readonly answer: unknown } | null> {
  const [lock] = await tx.$queryRaw<[{ taken: boolean }]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${recordId(request)}, 0)) AS taken`;
  if (!lock.taken)
    throw new TollgateError('conflict', 'A request with this Idempotency-Key is being carried out right now.');
  const { principal, key } = request;
  const known = await tx.idempotencyKey.findUnique({ where: { principal_key: { principal, key } } });
  if (!known) return null;
  if (Date.now() - known.createdAt.getTime() > KEEP_MS) {
    await tx.idempotencyKey.delete({ where: { principal_key: { principal, key } } });
    return null;
  }
  if (known.requestHash !== request.requestHash)
    throw new TollgateError('conflict', 'This Idempotency-Key was used for a different request.');
  return JSON.parse(open(dataKey, recordId(request), String(known.body))) as { answer: unknown };
}

/** Keeps the answer for 24 hours, in the transaction of the change. Sealed, because it may show a secret for the first time. */
export async function keepAnswer(
  tx: Prisma.TransactionClient,
  { principal, key, requestHash, status }: IdempotentRequest,
  dataKey: Buffer,
  answer: unknown,
): Promise<void> {
  const body = seal(dataKey, recordId({ principal, key }), JSON.stringify({ answer }));
  await tx.idempotencyKey.create({ data: { principal, key, requestHash, status, body } });
}

/** Deletes answers past their time. Returns how many. */
export async function forgetOldAnswers(tx: Prisma.TransactionClient): Promise<number> {
  const { count } = await tx.idempotencyKey.deleteMany({
    where: { createdAt: { lt: new Date(Date.now() - KEEP_MS) } },
  });
  return count;
}

function recordId({ principal, key }: Pick<IdempotentRequest, 'principal' | 'key'>): string {
  return `idempotency:${principal}:${key}`;
}
