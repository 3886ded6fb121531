import type { Redis } from 'ioredis';
import type { SnapshotChanged } from '#libs/messages';
import { keys } from '#libs/redis';
import { PLATFORM, type PlatformSnapshot } from '#libs/snapshot';
import type { PublicJwk } from './keys.js';
import type { PlatformState } from './platform-state.js';

/** What gateways learn of the issuer. */
export function compilePlatformSnapshot(state: PlatformState): PlatformSnapshot {
  return {
    format: 1,
    version: state.version,
    issuer: state.issuer,
    jwks: { keys: state.keys.map(({ publicJwk }) => publicJwk as unknown as PublicJwk) },
    revokedTokens: state.revokedTokens,
  };
}

/** What gateways see now: undefined when Redis has nothing, or when contents and version do not agree. */
export async function publishedSnapshot(redis: Redis): Promise<PlatformSnapshot | undefined> {
  const [version, text] = await Promise.all([
    redis.hget(keys.snapshotVersions, PLATFORM),
    redis.get(keys.platformSnapshot),
  ]);
  if (version === null || text === null) return undefined;
  const snapshot: PlatformSnapshot = JSON.parse(text);
  return snapshot.version === Number(version) ? snapshot : undefined;
}

/** Whether gateways trust a key that is no longer to be trusted: its time is over, or somebody deleted it. */
export function trustsTooMuch(published: PlatformSnapshot, state: PlatformState): boolean {
  return published.jwks.keys.some(({ kid }) => !state.keys.some((key) => key.kid === kid));
}

/** Contents first, then the version that makes gateways fetch them, then the message that makes them look at once. */
export async function publishPlatformSnapshot(redis: Redis, snapshot: PlatformSnapshot): Promise<void> {
  const message: SnapshotChanged = { organizationId: PLATFORM, version: snapshot.version };
  await redis.set(keys.platformSnapshot, JSON.stringify(snapshot));
  await redis.hset(keys.snapshotVersions, PLATFORM, snapshot.version);
  await redis.publish(keys.snapshotChanged, JSON.stringify(message));
}
