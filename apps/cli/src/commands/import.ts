import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Command } from '../command.js';
import { EXIT_CODES, reasonOf, wrongUsage } from '../failure.js';
import { fromLitellm } from '../migration/litellm.js';
import { record } from '../migration/loose.js';

export const importConfiguration: Command = {
  name: 'import',
  operands: 'litellm <FILE>',
  operandsMax: 2,
  about:
    'Write the configuration of another gateway as YAML that apply takes. What cannot be carried over is told beside it.',
  options: { organization: { short: 'o', value: 'SLUG', about: 'Whose configuration it becomes; else `default`' } },
  examples: ['import litellm config.yaml > acme.yaml'],
  async run(args, { terminal, directory }) {
    const [from, path] = args.positionals;
    if (from !== 'litellm' || path === undefined) throw wrongUsage('say what to import: litellm <FILE>');
    const { document, notes } = fromLitellm(
      read(resolve(directory, path), path),
      args.value('organization') ?? 'default',
    );
    terminal.print(stringify(document, { lineWidth: 120 }).trimEnd());
    for (const note of notes) terminal.warn(`not carried over: ${note}`);
    return EXIT_CODES.done;
  },
};

function read(file: string, path: string) {
  try {
    return record(parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw wrongUsage(`${path} cannot be read: ${reasonOf(cause)}`);
  }
}
