import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '#libs/audit';
import { systemClock, uuidv7 } from '#libs/core';
import { createDatabase, type Database, openPlatformDataKey, PLATFORM_DATA_KEY_SETTING } from '#libs/database';
import { type TestDatabase, testDatabase } from '#libs/testing';
import {
  localMasterKey,
  type MasterKey,
  masterKeyRing,
  newDataKey,
  open,
  openDataKey,
  SealBroken,
  seal,
  WrongMasterKey,
} from '#libs/vault';
import { renewDataKey } from './renew.js';
import { rewrapDataKeys } from './rewrap.js';
import { SEALED_COLUMNS } from './sealed-columns.js';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const SECRET = 'sk-a-provider-secret';

interface Founded {
  readonly id: string;
  readonly credentialId: string;
  readonly providerId: string;
}

async function found(masterKey: MasterKey): Promise<Founded> {
  const [id, credentialId, providerId] = [uuidv7(), uuidv7(), uuidv7()];
  const { wrapped, key } = await newDataKey(masterKey, id);
  const named = { organizationId: id, slug: 'main' };
  await database.prisma.organization.create({ data: { id, slug: `o-${id}`, name: 'Acme', wrappedDataKey: wrapped } });
  await database.prisma.providerCredential.create({
    data: { ...named, id: credentialId, provider: 'openai', hint: '', sealedSecret: seal(key, credentialId, SECRET) },
  });
  const sealedClientSecret = seal(key, providerId, SECRET);
  await database.prisma.identityProvider.create({
    data: { ...named, id: providerId, name: 'Main', issuer: 'https://idp.test', sealedClientSecret },
  });
  return { id, credentialId, providerId };
}

const organization = (id: string) => database.prisma.organization.findUniqueOrThrow({ where: { id } });

/** The secrets of an organization as somebody with this master key reads them. */
async function secretsOf({ id, credentialId, providerId }: Founded, masterKey: MasterKey): Promise<string[]> {
  const key = await openDataKey(masterKey, (await organization(id)).wrappedDataKey, id);
  const credential = await database.prisma.providerCredential.findUniqueOrThrow({ where: { id: credentialId } });
  const provider = await database.prisma.identityProvider.findUniqueOrThrow({ where: { id: providerId } });
  return [open(key, credentialId, credential.sealedSecret), open(key, providerId, String(provider.sealedClientSecret))];
}

const rewrap = (
  masterKey: MasterKey,
  signal = new AbortController().signal,
  onFlaw: (owner: string) => void = () => {},
) => rewrapDataKeys({ prisma: database.prisma, masterKey, clock: systemClock, signal, onFlaw });

describe('the rotation of the master key', () => {
  it('leaves nothing that the old one opens and everything that the new one does, whoever takes part and dies on the way', async () => {
    const old = localMasterKey(randomBytes(32));
    const next = localMasterKey(randomBytes(32));
    const ring = masterKeyRing(old, next);
    const platformKey = await openPlatformDataKey(database.prisma, old);
    const founded = await Promise.all(Array.from({ length: 12 }, () => found(old)));

    // One that is told to stop after the first key; then three at once; then one more that has nothing to do.
    const stopping = new AbortController();
    const interrupted: MasterKey = {
      ...ring,
      wrap: (plain, context) => {
        if (context !== 'platform') stopping.abort();
        return ring.wrap(plain, context);
      },
    };
    expect(await rewrap(interrupted, stopping.signal)).toBe(2);
    const counts = await Promise.all([rewrap(ring), rewrap(ring), rewrap(ring)]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(11);
    expect(await rewrap(ring)).toBe(0);

    for (const each of founded) {
      expect(await secretsOf(each, next)).toEqual([SECRET, SECRET]);
      await expect(secretsOf(each, old)).rejects.toThrow(WrongMasterKey);
      expect((await organization(each.id)).snapshotVersion).toBe(1n);
      expect(await verify(database.prisma, each.id)).toMatchObject({ ok: true, head: { sequence: 1n } });
    }
    expect(await openPlatformDataKey(database.prisma, next)).toEqual(platformKey);
    await expect(openPlatformDataKey(database.prisma, old)).rejects.toThrow(WrongMasterKey);
    await database.prisma.platformSetting.delete({ where: { name: PLATFORM_DATA_KEY_SETTING } });
  });

  it('names a data key that neither opens and goes on with the others', async () => {
    const old = localMasterKey(randomBytes(32));
    const lost = await found(localMasterKey(randomBytes(32)));
    const kept = await found(old);
    const next = localMasterKey(randomBytes(32));
    const flaws: string[] = [];
    await rewrap(masterKeyRing(old, next), undefined, (owner) => flaws.push(owner));
    expect(flaws).toContain(`o-${lost.id}`);
    expect(await secretsOf(kept, next)).toEqual([SECRET, SECRET]);
  });
});

describe('the renewal of a data key', () => {
  const masterKey = localMasterKey(randomBytes(32));
  const renew = (id: string) => renewDataKey({ prisma: database.prisma, masterKey, clock: systemClock }, id);

  it('seals every secret of the organization anew and leaves none to the key before', async () => {
    const [founded, other] = [await found(masterKey), await found(masterKey)];
    const before = await organization(founded.id);
    const otherBefore = await organization(other.id);
    expect(await renew(founded.id)).toBe(2);
    expect(await secretsOf(founded, masterKey)).toEqual([SECRET, SECRET]);
    const oldKey = await openDataKey(masterKey, before.wrappedDataKey, founded.id);
    const { sealedSecret } = await database.prisma.providerCredential.findUniqueOrThrow({
      where: { id: founded.credentialId },
    });
    expect(() => open(oldKey, founded.credentialId, sealedSecret)).toThrow(SealBroken);
    const after = await organization(founded.id);
    expect(after.snapshotVersion).toBe(before.snapshotVersion + 1n);
    expect(after.dataKeyMadeAt.getTime()).toBeGreaterThan(before.dataKeyMadeAt.getTime());
    expect(await organization(other.id)).toEqual(otherBefore);
    expect(await verify(database.prisma, founded.id)).toMatchObject({ ok: true, head: { sequence: 1n } });
  });

  it('may be asked by many at once: each leaves a key that opens everything', async () => {
    const founded = await found(masterKey);
    await Promise.all(Array.from({ length: 5 }, () => renew(founded.id)));
    expect(await secretsOf(founded, masterKey)).toEqual([SECRET, SECRET]);
  });

  it('changes nothing when one secret does not open', async () => {
    const founded = await found(masterKey);
    const damaged = { where: { id: founded.providerId }, data: { sealedClientSecret: 'v1.damaged' } };
    await database.prisma.identityProvider.update(damaged);
    const before = await organization(founded.id);
    await expect(renew(founded.id)).rejects.toThrow(SealBroken);
    expect(await organization(founded.id)).toEqual(before);
  });

  it('is nothing without such an organization', async () => {
    expect(await renew(uuidv7())).toBeNull();
  });

  it('knows every sealed column of organizations that the database has', async () => {
    const { rows } = await database.pool.query(
      `SELECT table_name AS "table", secret.column_name AS "column"
       FROM information_schema.columns AS secret
       JOIN information_schema.columns AS owner USING (table_schema, table_name)
       WHERE table_schema = 'public' AND secret.column_name LIKE 'sealed%' AND owner.column_name = 'organization_id'`,
    );
    const named = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;
    expect(rows.map(named).sort()).toEqual(SEALED_COLUMNS.map(named).sort());
  });
});
