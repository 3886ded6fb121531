import { createHash } from 'node:crypto';
import { canonicalBytes, GENESIS, type Link } from './canonical.js';

/** SHA-256 of a link's canonical bytes, hex. It covers the hash before, and so everything before. */
export function hashLink(link: Link): string {
  return createHash('sha256').update(canonicalBytes(link)).digest('hex');
}

/** A link as it was stored, with the hash it had then. */
export interface StoredLink extends Link {
  readonly hash: string;
}

/** Where a chain is whole up to; what `verify` continues from. */
export interface ChainHead {
  readonly sequence: bigint;
  readonly hash: string;
}

export const START: ChainHead = { sequence: 0n, hash: GENESIS };

/** Hashes that links of one chain had when they were anchored, by sequence. */
export type Anchored = ReadonlyMap<bigint, string>;

export const NOT_ANCHORED: Anchored = new Map();

/** The first thing found wrong, at the link with this number. */
export interface Break {
  readonly sequence: bigint;
  readonly reason:
    | 'missing'
    | 'out of order'
    | 'does not follow the one before'
    | 'changed'
    | 'unknown format'
    | 'differs from its anchor'
    | 'missing tail'
    | 'forged anchor';
}

/**
 * Checks that `links`, in order, continue the chain from `head`, and says where they end or what is wrong first. Needs no
 * database: an export can be checked anywhere. Links named by `anchored` must have the hashes they were anchored with; that
 * links are cut off at the end does not show here, see `missingTail`.
 */
export function verifyLinks(
  links: Iterable<StoredLink>,
  head: ChainHead = START,
  anchored: Anchored = NOT_ANCHORED,
): { readonly ok: true; readonly head: ChainHead } | { readonly ok: false; readonly broken: Break } {
  let current = head;
  for (const link of links) {
    const reason = flawOf(link, current, anchored);
    if (reason)
      return { ok: false, broken: { sequence: reason === 'missing' ? current.sequence + 1n : link.sequence, reason } };
    current = { sequence: link.sequence, hash: link.hash };
  }
  return { ok: true, head: current };
}

function flawOf(link: StoredLink, head: ChainHead, anchored: Anchored): Break['reason'] | undefined {
  if (link.sequence > head.sequence + 1n) return 'missing';
  if (link.sequence <= head.sequence) return 'out of order';
  if (link.previousHash !== head.hash) return 'does not follow the one before';
  try {
    if (hashLink(link) !== link.hash) return 'changed';
    return (anchored.get(link.sequence) ?? link.hash) === link.hash ? undefined : 'differs from its anchor';
  } catch {
    return 'unknown format';
  }
}
