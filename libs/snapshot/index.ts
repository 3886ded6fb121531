export type {
  JsonWebKeyLike,
  OrganizationSnapshot,
  PlatformSnapshot,
  SnapshotModel,
  SnapshotProviderCredential,
  WirePrices,
} from './schema.js';
