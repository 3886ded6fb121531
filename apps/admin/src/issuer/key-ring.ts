import type { KeyObject } from 'node:crypto';
import type { IssuerKey as IssuerKeyRow } from '#libs/database';
import { type IssuerKey, openKey, signingKey } from './keys.js';

/** The keys of one moment, opened. Immutable. */
export interface KeyRing {
  readonly keys: readonly IssuerKey[];
  readonly signing: IssuerKey;
}

/** Opens the published keys. `rows`: in the order they were made; at least one must be allowed to sign. */
export function openKeyRing(rows: readonly IssuerKeyRow[], dataKey: Buffer, nowMs: number): KeyRing {
  const keys = rows.map((row) => openKey(row, dataKey));
  return { keys, signing: signingKey(keys, nowMs) };
}

/** The public key with this id. */
export function publicKey({ keys }: KeyRing, kid: string): KeyObject | undefined {
  return keys.find((key) => key.kid === kid)?.publicKey;
}

/** Whether two rings publish the same keys and sign with the same one. */
export function sameRing(one: KeyRing, other: KeyRing): boolean {
  const ids = ({ signing, keys }: KeyRing) => [signing, ...keys].map(({ kid }) => kid).join();
  return ids(one) === ids(other);
}
