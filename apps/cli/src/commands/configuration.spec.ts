import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '#libs/config';
import { type AdminApp, startAdmin } from '../../../../test/admin/start-admin.js';
import { ACME, CREDENTIAL, SECRET } from '../../test/acme.js';
import { type CommandLine, commandLine, operatorOf } from '../../test/command-line.js';

let admin: AdminApp;
let cli: CommandLine;
let operator: Environment;

beforeAll(async () => {
  admin = await startAdmin();
  operator = await operatorOf(admin);
  cli = commandLine({ ...operator, OPENAI_KEY: SECRET });
  cli.write('acme.yaml', ACME);
});
afterAll(async () => {
  cli[Symbol.dispose]();
  await admin.stop();
});

const slugs = async (path: string): Promise<string[]> =>
  (await admin.call('GET', `/organizations/acme/${path}`)).body.data.map(({ slug }: { slug: string }) => slug);

describe('configuration as code', () => {
  it('diff shows all that would be created, with secrets by reference, and creates nothing', async () => {
    const { exitCode, out } = await cli.run('diff', '-f', 'acme.yaml');
    expect({ exitCode, out }).toMatchObject({ exitCode: 3, out: expect.stringContaining('12 to create') });
    expect(out).toContain('secret: ••• (from env:OPENAI_KEY)');
    expect(out).not.toContain(SECRET);
    expect((await admin.call('GET', '/organizations/acme')).status).toBe(404);
  });

  it('apply asks first, and does nothing without a yes', async () => {
    expect(await cli.run('apply', '-f', 'acme.yaml')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--yes'),
    });
    expect((await admin.call('GET', '/organizations/acme')).status).toBe(404);
  });

  it('apply creates it, and a second apply has nothing to do', async () => {
    const { exitCode, err } = await cli.run('apply', '-f', 'acme.yaml', '--yes', '--secrets-out', 'new.jsonl');
    expect({ exitCode, err }).toMatchObject({ exitCode: 0, err: expect.stringContaining('new.jsonl') });
    expect(JSON.parse(readFileSync(join(cli.directory, 'new.jsonl'), 'utf8'))).toMatchObject({
      service: 'checkout',
      clientSecret: expect.any(String),
    });
    expect((await cli.run('apply', '-f', 'acme.yaml')).out).toBe('Organization acme: nothing to do');
    expect((await cli.run('diff', '-f', 'acme.yaml')).exitCode).toBe(0);
  });

  it('a changed field is an update of that field; a left out one goes back to its default', async () => {
    cli.write(
      'acme.yaml',
      ACME.replace("amount: '500'", "amount: '750.50'").replace('    cache: { ttlSeconds: 60 }\n', ''),
    );
    const { out } = await cli.run('diff', '-f', 'acme.yaml');
    expect(out).toContain('2 to update');
    expect(out).toContain('amount: "500.00" → "750.50"');
    expect(out).toMatch(/cache: \{.*"ttlSeconds":60.*\} → null/);
    expect((await cli.run('apply', '-f', 'acme.yaml', '-y')).exitCode).toBe(0);
    expect((await admin.call('GET', '/organizations/acme/budgets/search-monthly')).body.amount).toBe('750.50');
  });

  it('a secret that ends differently is sent, one that does not is sent only when asked', async () => {
    using renewed = commandLine({ ...operator, OPENAI_KEY: 'sk-another-secret-of-length-9876' });
    renewed.write('acme.yaml', `organization: acme\nproviderCredentials:\n${CREDENTIAL}`);
    expect((await renewed.run('apply', '-f', 'acme.yaml', '-y')).out).toContain('secret: •••');
    expect((await admin.call('GET', '/organizations/acme/provider-credentials/openai-main')).body.hint).toBe('9876');
    expect((await renewed.run('diff', '-f', 'acme.yaml')).exitCode).toBe(0);
    expect((await renewed.run('diff', '-f', 'acme.yaml', '--renew-secrets')).exitCode).toBe(3);
  });

  it('deletes only with --prune, dependants first, and leaves sections alone that are not written', async () => {
    cli.write(
      'small.yaml',
      'organization: acme\nmodels:\n  - { slug: big, provider: openai, credential: openai-main, model: gpt-5, region: eu, prices: { inputPerMillion: "2.5", outputPerMillion: "10" } }\nroutes:\n  - { slug: chat, targets: [{ model: big }], retry: { attempts: 3 } }\n',
    );
    expect((await cli.run('apply', '-f', 'small.yaml', '-y')).exitCode).toBe(0);
    expect(await slugs('models')).toEqual(['big', 'small']);
    const pruned = await cli.run('apply', '-f', 'small.yaml', '--prune', '-y');
    expect(pruned).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 to delete') });
    expect(await slugs('models')).toEqual(['big']);
    expect(await slugs('teams')).toEqual(['engineering', 'search']);
  });

  it('when a step fails, the steps before it are undone', async () => {
    cli.write(
      'wrong.yaml',
      'organization: acme\nname: Renamed\nteams:\n  - { slug: fresh, name: Fresh }\n  - { slug: engineering, name: Engineering, costCenter: CC-1 }\n  - { slug: search, name: Search, parent: engineering }\nroutes:\n  - { slug: lost, targets: [{ model: nowhere }] }\n',
    );
    const { exitCode, err } = await cli.run('apply', '-f', 'wrong.yaml', '-y');
    expect({ exitCode, err }).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/^To create route "lost" failed: .*nowhere.*The 2 steps before it were undone\.$/),
    });
    expect(await slugs('teams')).toEqual(['engineering', 'search']);
    expect((await admin.call('GET', '/organizations/acme')).body.name).toBe('Acme Inc.');
  });

  it('an organization that could not be finished is not left half done', async () => {
    cli.write(
      'half.yaml',
      ACME.replace('organization: acme', 'organization: half').replace('{ model: big }', '{ model: nowhere }'),
    );
    expect(await cli.run('apply', '-f', 'half.yaml', '-y')).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/steps before it were undone\.$/),
    });
    expect((await admin.call('GET', '/organizations/half')).status).toBe(404);
  });

  it('what was changed between plan and step is not overwritten', async () => {
    using hasty = commandLine(operator, async () => {
      await admin.call('PATCH', '/organizations/acme/teams/engineering', { name: 'Theirs' });
      return true;
    });
    hasty.write('teams.yaml', 'organization: acme\nteams:\n  - { slug: engineering, name: Ours }\n');
    expect(await hasty.run('apply', '-f', 'teams.yaml')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('412'),
    });
    expect((await admin.call('GET', '/organizations/acme/teams/engineering')).body.name).toBe('Theirs');
  });
});
