import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { PrismaClient } from '#libs/database';
import { open, seal } from '#libs/vault';
import type { AnchorKey, AnchorKeys } from './anchor.js';

const SETTING = 'audit-anchor-key';

/**
 * The key that signs anchors, made by the first process that asks. Its private part is in the database, sealed by
 * `platformKey`: whoever has only the database can neither sign nor forge. Throws SealBroken when it was altered.
 */
export async function openAnchorKey(prisma: PrismaClient, platformKey: Buffer): Promise<AnchorKey> {
  const stored = await prisma.platformSetting.findUnique({ where: { name: SETTING } });
  if (stored) {
    const { kid, sealedJwk } = stored.value as { kid: string; sealedJwk: string };
    return keyOf(kid, JSON.parse(open(platformKey, kid, sealedJwk)) as JsonWebKey);
  }
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint(jwk as JWK);
  const value = { kid, sealedJwk: seal(platformKey, kid, JSON.stringify(jwk)) };
  // Of several processes that start at once, the first to write wins, and all read what it wrote.
  await prisma.platformSetting.createMany({ data: [{ name: SETTING, value }], skipDuplicates: true });
  return openAnchorKey(prisma, platformKey);
}

/** The keys of a JWK set, such as `anchors/keys.json`: `{ "keys": [ … ] }`. Throws when one is no public key. */
export function anchorKeysFrom(jwks: { readonly keys: readonly Readonly<Record<string, string>>[] }): AnchorKeys {
  return new Map(jwks.keys.map((jwk) => [jwk['kid'] ?? '', createPublicKey({ key: { ...jwk }, format: 'jwk' })]));
}

function keyOf(kid: string, jwk: JsonWebKey): AnchorKey {
  const { kty = '', crv = '', x = '' } = jwk;
  const publicJwk = { kid, kty, crv, x, alg: 'EdDSA', use: 'sig' };
  return { kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), publicJwk };
}
