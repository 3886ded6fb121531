import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { PLATFORM_DATA_KEY_SETTING, PLATFORM_KEY_CONTEXT, type PrismaClient } from '#libs/database';
import type { MasterKey } from '#libs/vault';
import { keyEvent } from './key-event.js';

const BATCH = 100;

export interface RewrapDeps {
  readonly prisma: PrismaClient;
  /** Opens what the old and the new one wrapped, and wraps with the new one. */
  readonly masterKey: MasterKey;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A key that cannot be opened; the others go on. */
  readonly onFlaw: (owner: string, error: unknown) => void;
}

interface WrappedKey {
  readonly id: string;
  readonly slug: string;
  readonly wrapped: string;
}

/**
 * Wraps every data key anew that another master key wrapped: of the platform, then of each organization in order of id.
 * Stops between two keys when `signal` says so. Returns how many it changed; others may do the same at the same time.
 */
export async function rewrapDataKeys(deps: RewrapDeps): Promise<number> {
  let changed = await rewrapPlatformKey(deps);
  let after: string | null = null;
  for (;;) {
    const keys: WrappedKey[] = await notYetWrapped(deps, after);
    for (const key of keys) {
      if (deps.signal.aborted) return changed;
      changed += await rewrapOrganizationKey(deps, key).catch((error: unknown) => {
        deps.onFlaw(key.slug, error);
        return 0;
      });
    }
    after = keys.at(-1)?.id ?? null;
    if (keys.length < BATCH) return changed;
  }
}

function notYetWrapped({ prisma, masterKey }: RewrapDeps, after: string | null): Promise<WrappedKey[]> {
  return prisma.$queryRaw<WrappedKey[]>`
    SELECT id, slug, wrapped_data_key AS wrapped FROM organizations
    WHERE NOT starts_with(wrapped_data_key, ${masterKey.mark}) AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${BATCH}`;
}

/** Compare-and-set: a key that was changed meanwhile is left as it is. The new version of the snapshot gets it published. */
async function rewrapOrganizationKey({ prisma, masterKey, clock }: RewrapDeps, key: WrappedKey): Promise<number> {
  const { id, slug, wrapped } = key;
  const rewrapped = await masterKey.wrap(await masterKey.unwrap(wrapped, id), id);
  return prisma.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      UPDATE organizations SET wrapped_data_key = ${rewrapped}, snapshot_version = snapshot_version + 1
      WHERE id = ${id}::uuid AND wrapped_data_key = ${wrapped}`;
    const event = { organizationId: id, slug, wrappedBefore: wrapped, wrappedAfter: rewrapped };
    if (changed > 0) await append(tx, keyEvent('rewrapped', event, clock.now()));
    return changed;
  });
}

async function rewrapPlatformKey({ prisma, masterKey }: RewrapDeps): Promise<number> {
  const where = { name: PLATFORM_DATA_KEY_SETTING };
  const setting = await prisma.platformSetting.findUnique({ where });
  if (!setting || String(setting.value).startsWith(masterKey.mark)) return 0;
  const key = await masterKey.unwrap(String(setting.value), PLATFORM_KEY_CONTEXT);
  const value = await masterKey.wrap(key, PLATFORM_KEY_CONTEXT);
  const { count } = await prisma.platformSetting.updateMany({
    where: { ...where, value: { equals: String(setting.value) } },
    data: { value },
  });
  return count;
}
