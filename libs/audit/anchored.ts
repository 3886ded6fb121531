import { type Anchor, type AnchorKeys, isGenuine } from './anchor.js';
import type { Anchored, Break, ChainHead } from './chain.js';

/** What the anchors of an organization say; those of others are passed over. The first that is forged ends it. */
export function anchoredHashes(
  organizationId: string,
  anchors: Iterable<Anchor>,
  keys: AnchorKeys,
): { readonly ok: true; readonly anchored: Anchored } | { readonly ok: false; readonly broken: Break } {
  const anchored = new Map<bigint, string>();
  for (const anchor of anchors) {
    if (anchor.organizationId !== organizationId) continue;
    if (!isGenuine(anchor, keys))
      return { ok: false, broken: { sequence: sequenceOf(anchor), reason: 'forged anchor' } };
    const [sequence, known] = [BigInt(anchor.sequence), anchored.get(BigInt(anchor.sequence))];
    // Both are ours: the chain was written anew in between.
    if (known !== undefined && known !== anchor.hash)
      return { ok: false, broken: { sequence, reason: 'differs from its anchor' } };
    anchored.set(sequence, anchor.hash);
  }
  return { ok: true, anchored };
}

/** The tail that is gone: an anchor names a link after the end of the chain. */
export function missingTail({ sequence }: ChainHead, anchored: Anchored): Break | null {
  for (const named of anchored.keys()) if (named > sequence) return { sequence: sequence + 1n, reason: 'missing tail' };
  return null;
}

function sequenceOf({ sequence }: Anchor): bigint {
  return /^\d{1,18}$/.test(sequence) ? BigInt(sequence) : 0n;
}
