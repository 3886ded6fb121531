import { expect, it } from 'vitest';
import { startAdmin } from '../../../../test/admin/start-admin.js';
import { ACME, SECRET } from '../../test/acme.js';
import { commandLine, operatorOf } from '../../test/command-line.js';

const FILE = ['-f', 'acme.yaml'] as const;

it('an export has no secret, and applied to an empty system it reproduces the organization', async () => {
  const exported = await exportedFrom(ACME, { OPENAI_KEY: SECRET });
  expect(exported).not.toContain(SECRET);
  expect(exported).toContain('secret: env:TOLLGATE_SECRET_OPENAI_MAIN');
  expect(await exportedFrom(exported, { TOLLGATE_SECRET_OPENAI_MAIN: SECRET })).toBe(exported);
});

/** What an admin app on a database of its own exports after this was applied to it; applying the export changes nothing. */
async function exportedFrom(yaml: string, secrets: Readonly<Record<string, string>>): Promise<string> {
  await using admin = await startAdmin();
  using cli = commandLine({ ...(await operatorOf(admin)), ...secrets });
  cli.write('acme.yaml', yaml);
  expect(await cli.run('apply', ...FILE, '--yes')).toMatchObject({ exitCode: 0 });
  const { out } = await cli.run('export');
  cli.write('acme.yaml', out);
  expect(await cli.run('diff', ...FILE)).toMatchObject({ exitCode: 0, out: expect.stringContaining('nothing to do') });
  return out;
}
