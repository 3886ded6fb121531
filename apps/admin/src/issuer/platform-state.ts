import type { IssuerKey as IssuerKeyRow, Prisma, PrismaClient } from '#libs/database';
import { publishedAt } from './keys.js';

/** The truth behind the platform snapshot, as Postgres has it at one moment. */
export interface PlatformState {
  /** Grows with every change below. */
  readonly version: number;
  readonly issuer: string;
  readonly keys: readonly IssuerKeyRow[];
  readonly revokedTokens: readonly { readonly id: string; readonly expiresAtMs: number }[];
}

const SETTING = 'platform-snapshot';
/** Kind of the rows in oidc_payloads that stand for revoked access tokens; their id is the `jti`. */
const REVOKED_TOKEN = 'RevokedToken';

/** Notes the issuer's URL; a new one is a change that gateways must learn of. */
export async function noteIssuer(prisma: PrismaClient, issuer: string): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO platform_settings (name, value) VALUES (${SETTING}, jsonb_build_object('version', 1, 'issuer', ${issuer}::text))
    ON CONFLICT (name) DO UPDATE
      SET value = jsonb_build_object('version', (platform_settings.value->>'version')::bigint + 1, 'issuer', ${issuer}::text)
      WHERE platform_settings.value->>'issuer' <> ${issuer}::text`;
}

/**
 * Makes a change and raises the version in one transaction. The version's row stays locked until the commit, so whoever
 * reads a version also sees every change up to it.
 */
export async function changePlatform(
  prisma: PrismaClient,
  change: (transaction: Prisma.TransactionClient) => Promise<void>,
): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    await change(transaction);
    await raiseVersion(transaction, 0);
  });
}

/** After the database was restored from a backup: goes past what gateways have already seen. */
export async function passVersion(prisma: PrismaClient, seen: number): Promise<void> {
  await raiseVersion(prisma, seen);
}

/** Ends an access token before it expires. */
export async function revokeToken(prisma: PrismaClient, jti: string, expiresAt: Date): Promise<void> {
  await changePlatform(prisma, async (transaction) => {
    await transaction.oidcPayload.createMany({
      data: [{ kind: REVOKED_TOKEN, id: jti, payload: {}, expiresAt }],
      skipDuplicates: true,
    });
  });
}

/** Whether any of these was. */
export async function tokenRevoked(prisma: PrismaClient, jtis: readonly string[]): Promise<boolean> {
  return (await prisma.oidcPayload.count({ where: { kind: REVOKED_TOKEN, id: { in: [...jtis] } } })) > 0;
}

/** Version and contents as of one moment. Throws before {@link noteIssuer} was called once. */
export async function readPlatformState(prisma: PrismaClient, nowMs: number): Promise<PlatformState> {
  const [setting, keys, revoked] = await prisma.$transaction(
    [
      prisma.platformSetting.findUniqueOrThrow({ where: { name: SETTING } }),
      prisma.issuerKey.findMany({ where: publishedAt(nowMs), orderBy: { createdAt: 'asc' } }),
      prisma.oidcPayload.findMany({
        where: { kind: REVOKED_TOKEN, expiresAt: { gt: new Date(nowMs) } },
        select: { id: true, expiresAt: true },
      }),
    ],
    { isolationLevel: 'RepeatableRead' },
  );
  const { version, issuer } = setting.value as { readonly version: number; readonly issuer: string };
  return {
    version,
    issuer,
    keys,
    revokedTokens: revoked.map(({ id, expiresAt }) => ({ id, expiresAtMs: expiresAt?.getTime() ?? nowMs })),
  };
}

async function raiseVersion(client: Prisma.TransactionClient, above: number): Promise<void> {
  await client.$executeRaw`
    UPDATE platform_settings
    SET value = jsonb_set(value, '{version}', to_jsonb(greatest((value->>'version')::bigint, ${above}::bigint) + 1))
    WHERE name = ${SETTING}`;
}
