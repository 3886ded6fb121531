import type { PrismaClient } from '#libs/database';
import { type MasterKey, newDataKey, openDataKey } from '#libs/vault';

const SETTING = 'platform-data-key';
const CONTEXT = 'platform';

/**
 * The data key of what belongs to the installation and to no organization: the issuer's private keys. Made by the first
 * process that asks. Throws WrongMasterKey when it was made under another master key.
 */
export async function openPlatformDataKey(prisma: PrismaClient, masterKey: MasterKey): Promise<Buffer> {
  const stored = await prisma.platformSetting.findUnique({ where: { name: SETTING } });
  if (stored) return openDataKey(masterKey, String(stored.value), CONTEXT);
  const { wrapped } = await newDataKey(masterKey, CONTEXT);
  // Of several processes that start at once, the first to write wins, and all read what it wrote.
  await prisma.platformSetting.createMany({ data: [{ name: SETTING, value: wrapped }], skipDuplicates: true });
  return openPlatformDataKey(prisma, masterKey);
}
