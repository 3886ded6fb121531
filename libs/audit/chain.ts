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

/** The first thing found wrong, at the link with this number. */
export interface Break {
  readonly sequence: bigint;
  readonly reason: 'missing' | 'out of order' | 'does not follow the one before' | 'changed' | 'unknown format';
}

/**
 * Checks that `links`, in order, continue the chain from `head`, and says where they end or what is wrong first. Needs no
 * database: an export can be checked anywhere. Links cut off at the end do not show here; compare the head with an anchor.
 */
export function verifyLinks(
  links: Iterable<StoredLink>,
  head: ChainHead = START,
): { readonly ok: true; readonly head: ChainHead } | { readonly ok: false; readonly broken: Break } {
  let current = head;
  for (const link of links) {
    const reason = flawOf(link, current);
    if (reason)
      return { ok: false, broken: { sequence: reason === 'missing' ? current.sequence + 1n : link.sequence, reason } };
    current = { sequence: link.sequence, hash: link.hash };
  }
  return { ok: true, head: current };
}

function flawOf(link: StoredLink, head: ChainHead): Break['reason'] | undefined {
  if (link.sequence > head.sequence + 1n) return 'missing';
  if (link.sequence <= head.sequence) return 'out of order';
  if (link.previousHash !== head.hash) return 'does not follow the one before';
  try {
    return hashLink(link) === link.hash ? undefined : 'changed';
  } catch {
    return 'unknown format';
  }
}
