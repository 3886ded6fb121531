export { append } from './append.js';
export { canonicalBytes, FORMAT, GENESIS, type Link } from './canonical.js';
export { type Break, type ChainHead, hashLink, START, type StoredLink, verifyLinks } from './chain.js';
export { linkOf, type Verification, verify } from './verify.js';
