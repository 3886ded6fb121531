import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../test/admin/record-usage.js';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';
import { type CommandLine, commandLine, operatorOf } from '../../test/command-line.js';

let admin: AdminApp;
let cli: CommandLine;

beforeAll(async () => {
  admin = await startAdmin();
  cli = commandLine({ ...(await operatorOf(admin)), REDIS_URL: admin.redis.url });
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
    [
      '/organizations/acme/provider-credentials',
      { slug: 'nowhere', provider: 'openai', secret: 'sk-x', baseUrl: 'http://127.0.0.1:9' },
    ],
  );
  const { body } = await admin.call('GET', '/organizations/acme');
  const event = usageEvent({ organizationId: body.id, team: 'search', service: 'checkout' });
  await recordUsage(admin.connections.database.pool, [event]);
});
afterAll(async () => {
  cli[Symbol.dispose]();
  await admin.stop();
});

describe('token', () => {
  it("prints the operator's token, which the admin API takes", async () => {
    const { exitCode, out } = await cli.run('token');
    expect(exitCode).toBe(0);
    expect((await admin.call('GET', '/me', undefined, { authorization: `Bearer ${out}` })).status).toBe(200);
    expect(JSON.parse((await cli.run('token', '--json')).out)).toMatchObject({ accessToken: expect.any(String) });
  });

  it('prints the token of a service whose secret it is pointed to, and says whose it does not know', async () => {
    const service = { slug: 'checkout', name: 'Checkout', team: 'search' };
    const { clientId, clientSecret } = (await admin.call('POST', '/organizations/acme/services', service)).body;
    cli.write('secret', `${clientSecret}\n`);
    const { exitCode, out } = await cli.run('token', '--client-id', clientId, '--client-secret', 'file:secret');
    expect({ exitCode, parts: out.split('.').length }).toEqual({ exitCode: 0, parts: 3 });
    expect(await cli.run('token', '-s', 'checkout')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('checkout'),
    });
  });
});

describe('usage and chargeback', () => {
  it('usage shows a row for each group', async () => {
    const { out } = await cli.run('usage', '-g', 'team,service', '--from', '2000-01-01T00:00:00Z');
    expect(out.split('\n')[1]).toMatch(/^search +checkout +1 /);
  });

  it('a month is previewed without being closed, and its CSV can be had', async () => {
    const { out } = await cli.run('chargeback', 'preview', '2026-10', '--json');
    expect(JSON.parse(out)).toMatchObject({ period: '2026-10', status: 'preview' });
    expect(await cli.run('chargeback', 'close', '2026-10')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--yes'),
    });
    expect((await cli.run('chargeback', 'csv', '2026-10')).out).toMatch(/^statement_id,period,/);
    expect((await cli.run('chargeback', 'csv', '2026-09')).err).toContain('no statement of 2026-09');
  });
});

describe('audit', () => {
  it('verifies online, exports, and verifies the export without a server', async () => {
    expect((await cli.run('audit', 'verify')).out).toMatch(/^acme: whole, \d+ events/);
    expect((await cli.run('audit', 'export', 'acme.jsonl', '-o', 'acme')).exitCode).toBe(0);
    using offline = commandLine({ TOLLGATE_ADMIN_URL: 'http://127.0.0.1:9' });
    const exported = readFileSync(join(cli.directory, 'acme.jsonl'), 'utf8');
    offline.write('acme.jsonl', exported);
    expect((await offline.run('audit', 'verify', 'acme.jsonl')).out).toMatch(/^acme.jsonl: whole/);
  });

  it('names the event that was changed, removed or added', async () => {
    await cli.run('audit', 'export', 'acme.jsonl', '-o', 'acme');
    const lines = readFileSync(join(cli.directory, 'acme.jsonl'), 'utf8').trimEnd().split('\n');
    const verify = async (changed: string[]): Promise<string> => {
      cli.write('changed.jsonl', changed.join('\n'));
      const { exitCode, err } = await cli.run('audit', 'verify', 'changed.jsonl');
      expect(exitCode).toBe(1);
      return err;
    };
    expect(await verify(lines.with(1, lines[1]!.replace('Search', 'Sarch')))).toContain('event 2: changed');
    expect(await verify(lines.toSpliced(1, 1))).toContain('event 2: missing');
    expect(await verify(lines.toSpliced(1, 0, lines[1]!))).toContain('event 2: out of order');
  });
});

describe('cache', () => {
  it('invalidates a route, a tag or everything, and nothing when it is not said what', async () => {
    const page = readFileSync('docs/guides/caching.md', 'utf8');
    const commands = [...page.matchAll(/^npm run tollgate -- (cache .*)$/gm)].map(([, line]) => line as string);
    expect(commands).toHaveLength(3);
    for (const command of commands.filter((line) => !line.includes('--route')))
      expect((await cli.run(...command.split(' '))).out).toContain('used no more');
    expect(await cli.run('cache', 'invalidate')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--tag') });
    expect((await cli.run('cache', 'invalidate', '--route', 'nowhere')).exitCode).not.toBe(0);
  });
});

describe('doctor', () => {
  it('says what is well and what is not, and fails for what is not', async () => {
    const { exitCode, out } = await cli.run('doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/ok +admin postgres/);
    expect(out).toMatch(/ok +admin migrations/);
    expect(out).toMatch(/ok +admin clock/);
    expect(out).toMatch(/ok +snapshot and stream of acme +version \d+, 0 usage events wait/);
    expect(out).toMatch(/failed +provider credential acme\/nowhere/);
  });

  it('stops at a setting that is wrong', async () => {
    using wrong = commandLine({ GATEWAY_PORT: 'x' });
    expect(await wrong.run('doctor')).toMatchObject({ exitCode: 1, out: expect.stringContaining('GATEWAY_PORT') });
  });
});

describe('credentials', () => {
  it('come from credentials.json in the data directory, and doctor tells when others may read it', async () => {
    using local = commandLine();
    expect(await local.run('token')).toMatchObject({ exitCode: 2, err: expect.stringContaining('npm start') });
    const path = join(local.directory, 'credentials.json');
    const adminClient = { clientId: 'nobody', clientSecret: 'x' };
    writeFileSync(
      path,
      JSON.stringify({ issuer: `${admin.url}/oidc`, gateway: admin.url, admin: admin.url, adminClient }),
    );
    expect((await local.run('token')).err).toMatch(/refused a token for nobody/);
    chmodSync(path, 0o644);
    expect((await local.run('doctor')).out).toContain('chmod 600');
    appendFileSync(path, 'x');
    expect(await local.run('token')).toMatchObject({ exitCode: 2, err: expect.stringContaining('credentials.json') });
  });
});
