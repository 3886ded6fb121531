import { type MasterKey, newDataKey, openDataKey } from '#libs/vault';
import type { PrismaClient } from './generated/client.js';

/** Where the wrapped data key of the platform is kept. */
export const PLATFORM_DATA_KEY_SETTING = 'platform-data-key';
/** What it is wrapped for. */
export const PLATFORM_KEY_CONTEXT = 'platform';

/**
 * The data key of what belongs to the installation and to no organization: the issuer's private keys, the key that signs
 * anchors. Made by the first process that asks. Throws WrongMasterKey when it was made under another master key.
 */
export async function openPlatformDataKey(prisma: PrismaClient, masterKey: MasterKey): Promise<Buffer> {
  const stored = await prisma.platformSetting.findUnique({ where: { name: PLATFORM_DATA_KEY_SETTING } });
  if (stored) return openDataKey(masterKey, String(stored.value), PLATFORM_KEY_CONTEXT);
  const { wrapped } = await newDataKey(masterKey, PLATFORM_KEY_CONTEXT);
  // Of several processes that start at once, the first to write wins, and all read what it wrote.
  await prisma.platformSetting.createMany({
    data: [{ name: PLATFORM_DATA_KEY_SETTING, value: wrapped }],
    skipDuplicates: true,
  });
  return openPlatformDataKey(prisma, masterKey);
}
