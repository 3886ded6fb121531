import type { Anchor, AnchorKeys } from './anchor.js';
import { anchoredHashes, missingTail } from './anchored.js';
import { type StoredLink, verifyLinks } from './chain.js';
import type { Verification } from './verify.js';

export interface AuditExport {
  readonly organizationId: string;
  /** The whole chain, from its first link, in order. */
  readonly links: Iterable<StoredLink>;
  /** As they were read from `anchors/<organization id>.jsonl`; none = a missing tail cannot show. */
  readonly anchors: Iterable<Anchor>;
  /** From a copy of `anchors/keys.json` that was kept elsewhere. */
  readonly keys: AnchorKeys;
}

/** Checks an export against itself and its anchors, without a database. Says what is wrong first. */
export function verifyExport({ organizationId, links, anchors, keys }: AuditExport): Verification {
  const said = anchoredHashes(organizationId, anchors, keys);
  if (!said.ok) return said;
  const result = verifyLinks(links, undefined, said.anchored);
  if (!result.ok) return result;
  const broken = missingTail(result.head, said.anchored);
  return broken ? { ok: false, broken } : result;
}
