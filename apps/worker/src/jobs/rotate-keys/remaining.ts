import type { Redis } from 'ioredis';
import { PLATFORM_DATA_KEY_SETTING, type PrismaClient } from '#libs/database';
import { keys } from '#libs/redis';
import type { MasterKey } from '#libs/vault';

/** What the old master key still opens. The rotation is over when both are 0. */
export interface Remaining {
  /** Data keys in Postgres, the platform's included. */
  readonly stored: number;
  /** Organizations whose newest snapshot the gateways cannot have yet. */
  readonly published: number;
}

/** Counts what a rotation to `masterKey` has before it. */
export async function remaining(prisma: PrismaClient, redis: Redis, { mark }: MasterKey): Promise<Remaining> {
  const organizations = await prisma.$queryRaw<{ id: string; version: bigint; wrapped: boolean }[]>`
    SELECT id, snapshot_version AS version, starts_with(wrapped_data_key, ${mark}) AS wrapped FROM organizations`;
  const platform = await prisma.platformSetting.findUnique({ where: { name: PLATFORM_DATA_KEY_SETTING } });
  const announced = await redis.hgetall(keys.snapshotVersions);
  const platformLeft = platform && !String(platform.value).startsWith(mark) ? 1 : 0;
  const behind = organizations.filter(({ id, version }) => Number(announced[id] ?? 0) < Number(version));
  return { stored: organizations.filter(({ wrapped }) => !wrapped).length + platformLeft, published: behind.length };
}
