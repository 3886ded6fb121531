import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '#libs/database';
import { freePort } from '#libs/embedded';
import { passwordMatches, secretMatches } from '#libs/identity';
import { testDatabase } from '#libs/testing';
import { credentialsPath, readCredentials, writeCredentials } from './credentials.js';
import { prepareDataDirectory } from './data-directory.js';
import { ensureFirstUser } from './first-user.js';
import { masterKey } from './master-key.js';
import { ensureOperatorClient } from './operator-client.js';
import { choosePorts } from './ports.js';
import { provideServices } from './services.js';
import { readSettings } from './settings.js';

describe('first start', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tollgate-start-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const settings = (env: Record<string, string> = {}) =>
    readSettings(
      { TOLLGATE_DATA_DIR: dataDir, GATEWAY_PORT: '0', ADMIN_PORT: '0', WORKER_PORT: '0', SIMULATOR_PORT: '0', ...env },
      [],
    );

  it('a taken port is one line that says which and what to set', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    await expect(choosePorts(settings({ ADMIN_PORT: String(port) }))).rejects.toThrow(
      `ADMIN_PORT ${port} is taken by another process: stop it, or set ADMIN_PORT to another port.`,
    );
    await new Promise((resolve) => server.close(resolve));
  });

  it('port 0 becomes a free port, a different one for each app', async () => {
    const ports = Object.values(await choosePorts(settings()));
    expect(new Set(ports).size).toBe(4);
    expect(ports).not.toContain(0);
  });

  it('the master key is made once, readable by its owner only, and stays the same', () => {
    const key = masterKey(settings());
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(masterKey(settings())).toBe(key);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });

  it('a master key given in the environment is used and no file is made', () => {
    const given = Buffer.alloc(32, 7).toString('base64');
    expect(masterKey(settings({ TOLLGATE_MASTER_KEY: given }))).toBe(given);
    expect(() => statSync(join(dataDir, 'master.key'))).toThrow(/ENOENT/);
  });

  it('a damaged master key file is one line', () => {
    writeFileSync(join(dataDir, 'master.key'), 'short');
    expect(() => masterKey(settings())).toThrow(/master\.key is damaged: it must hold 32 bytes in base64$/);
  });

  const credentials = {
    issuer: 'http://localhost:8081/oidc',
    gateway: 'http://localhost:8080',
    admin: 'http://localhost:8081',
    adminClient: { clientId: 'operator-1', clientSecret: 'tgs_secret' },
  };

  it('credentials come back as they were written, in a file closed to others', () => {
    writeCredentials(dataDir, credentials);
    expect(readCredentials(dataDir)).toEqual(credentials);
    expect(statSync(credentialsPath(dataDir)).mode & 0o777).toBe(0o600);
  });

  it('damaged credentials are one line, and are not replaced by new ones', () => {
    writeFileSync(credentialsPath(dataDir), '{"issuer":');
    expect(() => readCredentials(dataDir)).toThrow(/credentials\.json is damaged/);
  });

  it('the operator keeps the credentials of an earlier start on a new database', async () => {
    await using server = await testDatabase();
    const client = await ensureOperatorClient(server.url, null);
    expect(await ensureOperatorClient(server.url, client)).toEqual(client);
    await using fresh = await testDatabase();
    expect(await ensureOperatorClient(fresh.url, client)).toEqual(client);
    await using database = createDatabase(fresh.url, { max: 1 });
    const rows = await database.prisma.operatorClient.findMany();
    expect(rows).toHaveLength(1);
    expect(secretMatches(client.clientSecret, rows[0]!.secretHash)).toBe(true);
  });

  it('the first user is an operator whose one-time password is told until it was used', async () => {
    await using server = await testDatabase();
    const made = await ensureFirstUser(server.url, undefined);
    expect(made).toEqual({ email: 'operator@localhost', oneTimePassword: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) });
    expect(await ensureFirstUser(server.url, made!)).toEqual(made);
    await using database = createDatabase(server.url, { max: 1 });
    const [user] = await database.prisma.member.findMany();
    expect(user).toMatchObject({ organizationId: null, passwordOneTime: true });
    expect(await passwordMatches(made!.oneTimePassword, user!.passwordHash)).toBe(true);

    const replaced = await ensureFirstUser(server.url, undefined);
    expect(replaced!.oneTimePassword).not.toBe(made!.oneTimePassword);
    await database.prisma.member.updateMany({ data: { passwordOneTime: false } });
    expect(await ensureFirstUser(server.url, replaced!)).toBeNull();
    expect(await database.prisma.member.count()).toBe(1);
  });

  it('an unreachable REDIS_URL is one line that hides its password', async () => {
    const port = await freePort();
    const given = settings({
      REDIS_URL: `redis://:hidden@127.0.0.1:${port}`,
      DATABASE_URL: 'postgresql://127.0.0.1/none',
    });
    await expect(provideServices(given)).rejects.toThrow(
      `REDIS_URL: Redis at 127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  it('a data directory that is a file is one line', () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    expect(() => prepareDataDirectory(file)).toThrow(/^TOLLGATE_DATA_DIR .* cannot be used: EEXIST/);
  });

  it.skipIf(process.getuid?.() === 0)('a data directory that may not be read is one line', () => {
    chmodSync(dataDir, 0o000);
    expect(() => prepareDataDirectory(dataDir)).toThrow(/^TOLLGATE_DATA_DIR .* cannot be used: EACCES/);
    chmodSync(dataDir, 0o700);
  });

  it('every variable that an app reads is checked before anything starts', () => {
    expect(() => settings({ TOLLGATE_BODY_LIMIT_BYTES: '1' })).toThrow(/^TOLLGATE_BODY_LIMIT_BYTES is wrong/);
    expect(() => settings({ DATABASE_URL: 'mysql://x' })).toThrow(/^DATABASE_URL is wrong/);
    expect(() => settings({ TOLLGATE_MASTER_KEY: 'short' })).toThrow(/^TOLLGATE_MASTER_KEY is wrong/);
  });
});
