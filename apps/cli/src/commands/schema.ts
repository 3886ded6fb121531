import { readAccess } from '../api/access.js';
import type { Command } from '../command.js';
import { fetchApiDocument } from '../configuration/document.js';
import { fileSchema } from '../configuration/file-schema.js';
import { EXIT_CODES } from '../failure.js';

export const schema: Command = {
  name: 'schema',
  operands: '',
  operandsMax: 0,
  about: 'Print the JSON schema of configuration files, for editors; made from the OpenAPI document of the admin app.',
  options: {},
  examples: ['schema > tollgate.schema.json'],
  async run(_, { terminal, env }) {
    terminal.print(JSON.stringify(fileSchema(await fetchApiDocument(readAccess(env).admin)), null, 2));
    return EXIT_CODES.done;
  },
};
