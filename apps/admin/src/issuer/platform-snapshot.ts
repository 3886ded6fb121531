import type { Redis } from 'ioredis';
import type { SnapshotChanged } from '#libs/messages';
import { keys } from '#libs/redis';
import { PLATFORM, type PlatformSnapshot } from '#libs/snapshot';
import type { PublicJwk } from './keys.js';
import type { PlatformState } from './platform-state.js';

/** What gateways learn of the issuer. */
export function compilePlatformSnapshot(issuer: string, state: PlatformState): PlatformSnapshot {
  return {
    format: 1,
    version: state.version,
    issuer,
    jwks: { keys: state.keys.map(({ publicJwk }) => publicJwk as unknown as PublicJwk) },
    revokedTokens: state.revokedTokens,
  };
}

/** The version that gateways see: undefined when Redis has none, or when its two halves do not agree. */
export async function publishedVersion(redis: Redis): Promise<number | undefined> {
  const [version, text] = await Promise.all([
    redis.hget(keys.snapshotVersions, PLATFORM),
    redis.get(keys.platformSnapshot),
  ]);
  if (version === null || text === null) return undefined;
  const snapshot: PlatformSnapshot = JSON.parse(text);
  return snapshot.version === Number(version) ? snapshot.version : undefined;
}

/** Contents first, then the version that makes gateways fetch them, then the message that makes them look at once. */
export async function publishPlatformSnapshot(redis: Redis, snapshot: PlatformSnapshot): Promise<void> {
  const message: SnapshotChanged = { organizationId: PLATFORM, version: snapshot.version };
  await redis.set(keys.platformSnapshot, JSON.stringify(snapshot));
  await redis.hset(keys.snapshotVersions, PLATFORM, snapshot.version);
  await redis.publish(keys.snapshotChanged, JSON.stringify(message));
}
