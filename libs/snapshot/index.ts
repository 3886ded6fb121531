export { compileBudget, compileIdentityProvider, compileSnapshot } from './compile.js';
export { SnapshotDisk } from './disk.js';
export { DELETED, type FollowerOptions, PLATFORM, SnapshotFollower } from './follow.js';
export type { OrganizationRows } from './rows.js';
export type {
  JsonWebKeyLike,
  OrganizationSnapshot,
  PlatformSnapshot,
  SnapshotModel,
  SnapshotProviderCredential,
  WirePrices,
} from './schema.js';
