import type { Redis } from 'ioredis';
import type { SnapshotChanged } from '#libs/messages';
import { defineScript, keys } from '#libs/redis';
import { DELETED, type OrganizationSnapshot } from '#libs/snapshot';

/** `replace` writes also over a newer version: right only when Postgres went back in time. */
export type Order = 'newest wins' | 'replace';

const writeScript = defineScript<{ snapshot: OrganizationSnapshot; order: Order }, boolean>({
  files: [new URL('./write-snapshot.lua', import.meta.url)],
  keys: ({ snapshot }) => [keys.snapshot(snapshot.organizationId)],
  args: ({ snapshot, order }) => [snapshot.version, JSON.stringify(snapshot), order === 'replace' ? order : ''],
  reply: (raw) => raw === 1,
});

const announceScript = defineScript<SnapshotChanged & { order: Order }, boolean>({
  files: [new URL('./announce-version.lua', import.meta.url)],
  keys: () => [keys.snapshotVersions],
  args: ({ organizationId, version, order }) => [organizationId, version, order === 'replace' ? order : ''],
  reply: (raw) => raw === 1,
});

/**
 * Hands a snapshot to the gateways. Written before it is announced, so that whoever reads an announced version finds it or
 * a newer one; a crash in between is made up for by the next reconciliation.
 */
export async function storeSnapshot(redis: Redis, snapshot: OrganizationSnapshot, order: Order): Promise<void> {
  if (!(await writeScript(redis, { snapshot, order }))) return;
  const { organizationId, version } = snapshot;
  if (await announceScript(redis, { organizationId, version, order }))
    await publish(redis, { organizationId, version });
}

/** Tells the gateways that an organization is gone. */
export async function withdrawSnapshot(redis: Redis, organizationId: string): Promise<void> {
  await redis.hset(keys.snapshotVersions, organizationId, DELETED);
  await redis.del(keys.snapshot(organizationId));
  await publish(redis, { organizationId, version: DELETED });
}

/** Announced version of every organization; those withdrawn are not among them. */
export async function storedVersions(redis: Redis): Promise<Map<string, number>> {
  const versions = Object.entries(await redis.hgetall(keys.snapshotVersions));
  return new Map(versions.map(([name, version]) => [name, Number(version)] as const).filter(([, v]) => v !== DELETED));
}

async function publish(redis: Redis, change: SnapshotChanged): Promise<void> {
  await redis.publish(keys.snapshotChanged, JSON.stringify(change));
}
