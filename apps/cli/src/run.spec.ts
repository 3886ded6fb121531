import { describe, expect, it } from 'vitest';
import { commandLine } from '../test/command-line.js';
import { COMMANDS } from './commands.js';
import { guideOf } from './guide.js';

describe('the command line', () => {
  it('docs/guides/cli.md is what the table of commands says', async () => {
    await expect(guideOf(COMMANDS)).toMatchFileSnapshot('../../../docs/guides/cli.md');
  });

  it('says every command in its help, and each command its options', async () => {
    using cli = commandLine();
    const { exitCode, out } = await cli.run('--help');
    expect(exitCode).toBe(0);
    for (const { name, options } of COMMANDS) {
      expect(out).toContain(`  ${name} `);
      const help = (await cli.run(name, '--help')).out;
      for (const option of Object.keys(options)) expect(help).toContain(`--${option}`);
    }
  });

  it.each([
    [['nonsense'], 'There is no command "nonsense"'],
    [['usage', '--nonsense'], "Unknown option '--nonsense'"],
    [['usage', 'more'], 'does not know what to do with "more"'],
    [['diff'], '--file PATH'],
    [['chargeback', 'preview', '2026-13'], 'which month'],
    [['audit'], 'verify or export'],
  ])('%j is refused in one line, with exit code 2', async (written, message) => {
    using cli = commandLine({ TOLLGATE_CLIENT_ID: 'x', TOLLGATE_CLIENT_SECRET: 'y' });
    const { exitCode, err } = await cli.run(...written);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(message) });
    expect(err).not.toContain('\n');
  });

  it('an admin app that is away is one line', async () => {
    using cli = commandLine({
      TOLLGATE_ADMIN_URL: 'http://127.0.0.1:9',
      TOLLGATE_CLIENT_ID: 'x',
      TOLLGATE_CLIENT_SECRET: 'y',
    });
    expect(await cli.run('usage')).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(/cannot be reached: [^\n]+$/),
    });
  });
});
