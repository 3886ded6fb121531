export { type Anchor, type AnchorKey, type AnchorKeys, isGenuine, signAnchor } from './anchor.js';
export { anchorKeysFrom, openAnchorKey } from './anchor-key.js';
export { anchoredHashes, missingTail } from './anchored.js';
export { append } from './append.js';
export { canonicalBytes, FORMAT, GENESIS, type Link } from './canonical.js';
export { type Anchored, type Break, type ChainHead, hashLink, START, type StoredLink, verifyLinks } from './chain.js';
export { linkOf, type Verification, verify } from './verify.js';
export { type AuditExport, verifyExport } from './verify-export.js';
