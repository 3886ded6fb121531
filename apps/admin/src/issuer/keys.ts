import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type { IssuerKey as IssuerKeyRow, Prisma, PrismaClient } from '#libs/database';
import { open, seal } from '#libs/vault';
import { TOKEN_TTL_SECONDS } from './resources.js';

/** A key pair of the issuer, opened. ES256, as P-256 signs fast and verifies everywhere. */
export interface IssuerKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: PublicJwk & { readonly d: string };
  readonly publicKey: KeyObject;
  readonly retiredAt: Date | null;
}

/** RFC 7518 §6.2.1. */
export interface PublicJwk {
  readonly [member: string]: string;
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly alg: string;
  readonly use: string;
}

/** A new key is published this long before it signs, so that every gateway knows it by then. */
const ANNOUNCEMENT_MS = 60_000;
const CREATION_LOCK = 72_707_370;

/** Makes the first key unless there is one. Any number of processes may do this at once. */
export async function ensureKey(prisma: PrismaClient, dataKey: Buffer): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${CREATION_LOCK})`;
    if ((await transaction.issuerKey.count({ where: { retiredAt: null } })) > 0) return;
    await transaction.issuerKey.create({ data: await newKey(dataKey) });
  });
}

/**
 * Adds a key and retires the others: they go on signing for a minute, while the new one spreads, and stay published until
 * the last token they signed has expired. Part of the caller's transaction, which must also raise the platform's version.
 */
export async function replaceKeys(
  transaction: Prisma.TransactionClient,
  dataKey: Buffer,
  nowMs: number,
): Promise<void> {
  await transaction.issuerKey.updateMany({
    where: { retiredAt: null },
    data: { retiredAt: new Date(nowMs + ANNOUNCEMENT_MS) },
  });
  await transaction.issuerKey.create({ data: await newKey(dataKey) });
}

/** Which keys are to be published at a time: those that sign, will sign, or have signed a token that may still live. */
export function publishedAt(nowMs: number): Prisma.IssuerKeyWhereInput {
  return { OR: [{ retiredAt: null }, { retiredAt: { gt: new Date(nowMs - TOKEN_TTL_SECONDS * 1000) } }] };
}

/** The key that signs: the one announced first of those not retired. `keys`: at least one, in the order they were made. */
export function signingKey(keys: readonly IssuerKey[], nowMs: number): IssuerKey {
  const key = keys.find(({ retiredAt }) => retiredAt === null || retiredAt.getTime() > nowMs);
  if (!key) throw new Error('the issuer has no key that may sign');
  return key;
}

/** Throws SealBroken when the row was altered or copied from another. */
export function openKey(row: IssuerKeyRow, dataKey: Buffer): IssuerKey {
  const publicJwk = row.publicJwk as unknown as PublicJwk;
  return {
    kid: row.kid,
    publicJwk,
    privateJwk: JSON.parse(open(dataKey, row.kid, row.sealedJwk)),
    publicKey: createPublicKey({ key: { ...publicJwk }, format: 'jwk' }),
    retiredAt: row.retiredAt,
  };
}

async function newKey(dataKey: Buffer): Promise<Prisma.IssuerKeyCreateInput> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint(jwk);
  const facts = { kid, alg: 'ES256', use: 'sig' };
  return {
    kid,
    publicJwk: { ...jwk, ...facts } as Prisma.InputJsonObject,
    sealedJwk: seal(dataKey, kid, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...facts })),
  };
}
