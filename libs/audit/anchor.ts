import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical.js';
import type { ChainHead } from './chain.js';

/** Version of the bytes that are signed. */
const FORMAT = 1;

/** Where a chain ended at a time, signed: kept away from the database, it shows when the end is cut off later. */
export interface Anchor {
  readonly format: number;
  readonly organizationId: string;
  /** Of the last link, in decimal. */
  readonly sequence: string;
  /** Of the last link. */
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Which key signed: its RFC 7638 thumbprint. */
  readonly kid: string;
  /** Ed25519 (RFC 8032) over its canonical bytes, base64url. */
  readonly signature: string;
}

/** A key that signs anchors. */
export interface AnchorKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: Readonly<Record<string, string>>;
}

/** Public keys that anchors may be signed by, by `kid`. */
export type AnchorKeys = ReadonlyMap<string, KeyObject>;

/** Signs where the chain of an organization ends. */
export function signAnchor(organizationId: string, head: ChainHead, atMs: number, key: AnchorKey): Anchor {
  const { sequence, hash } = head;
  const at = new Date(atMs).toISOString();
  const facts = { format: FORMAT, organizationId, sequence: sequence.toString(), hash, at, kid: key.kid };
  return { ...facts, signature: sign(null, anchorBytes(facts), key.privateKey).toString('base64url') };
}

/** Whether one of `keys` signed exactly this. */
export function isGenuine(anchor: Anchor, keys: AnchorKeys): boolean {
  const key = keys.get(anchor.kid);
  if (!key || anchor.format !== FORMAT || !/^\d{1,18}$/.test(anchor.sequence)) return false;
  return verify(null, anchorBytes(anchor), key, Buffer.from(anchor.signature, 'base64url'));
}

/** What is signed: a line naming the format, then the facts as canonical JSON. */
function anchorBytes({ organizationId, sequence, hash, at, kid }: Omit<Anchor, 'signature'>): Buffer {
  return Buffer.from(`tollgate-anchor-1\n${canonicalJson({ organizationId, sequence, hash, at, kid })}`);
}
