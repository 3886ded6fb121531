import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import { organizationSlugs } from '../api/organizations.js';
import type { Command } from '../command.js';
import { fetchApiDocument } from '../configuration/document.js';
import { exportOrganization } from '../configuration/export-organization.js';
import { EXIT_CODES } from '../failure.js';
import { withProgress } from '../terminal/terminal.js';

export const exportConfiguration: Command = {
  name: 'export',
  operands: '',
  operandsMax: 0,
  about: 'Write configuration as YAML that apply takes. Secrets are never in it: references stand in their places.',
  options: {
    organization: { short: 'o', value: 'SLUG', about: 'Only this one; else all' },
    directory: {
      short: 'd',
      value: 'DIR',
      about: 'A file for each organization in this directory; else all on the screen',
    },
  },
  examples: ['export -d config/', 'export -o acme'],
  async run(args, { terminal, env, directory, clock }) {
    const access = readAccess(env);
    const api = new AdminApi(access, clock);
    const document = await fetchApiDocument(access.admin);
    const target = args.value('directory');
    const texts: string[] = [];
    for (const slug of await organizationSlugs(api, args.value('organization'))) {
      const yaml = await withProgress(terminal, `Exporting ${slug}`, exportOrganization(slug, api, document));
      if (target === undefined) texts.push(yaml.trimEnd());
      else {
        mkdirSync(resolve(directory, target), { recursive: true });
        writeFileSync(resolve(directory, target, `${slug}.yaml`), yaml);
        terminal.warn(`Wrote ${join(target, `${slug}.yaml`)}`);
      }
    }
    if (texts.length > 0) terminal.print(texts.join('\n---\n'));
    return EXIT_CODES.done;
  },
};
