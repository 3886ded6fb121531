import type { Command } from './command.js';
import { apply } from './commands/apply.js';
import { audit } from './commands/audit.js';
import { cache } from './commands/cache.js';
import { chargeback } from './commands/chargeback.js';
import { diff } from './commands/diff.js';
import { doctor } from './commands/doctor.js';
import { exportConfiguration } from './commands/export.js';
import { importConfiguration } from './commands/import.js';
import { schema } from './commands/schema.js';
import { token } from './commands/token.js';
import { usage } from './commands/usage.js';

/** Every verb, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  apply,
  diff,
  exportConfiguration,
  importConfiguration,
  schema,
  usage,
  chargeback,
  audit,
  cache,
  token,
  doctor,
];
