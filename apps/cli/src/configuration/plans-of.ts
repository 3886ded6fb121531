import { type AdminApi } from '../api/admin-api.js';
import type { Arguments, Context, Option } from '../command.js';
import { wrongUsage } from '../failure.js';
import { withProgress } from '../terminal/terminal.js';
import { desiredOf } from './desired.js';
import { fetchApiDocument } from './document.js';
import { fileSchema } from './file-schema.js';
import { makePlan } from './make-plan.js';
import type { Plan } from './plan.js';
import { readFiles } from './read-files.js';

/** What `apply` and `diff` both take. */
export const PLAN_OPTIONS: Readonly<Record<string, Option>> = {
  file: { short: 'f', value: 'PATH', about: 'YAML file, or directory of YAML files' },
  prune: { about: 'Delete what is there but not written, in the sections that are written' },
  'renew-secrets': { about: 'Send every secret anew; else only where the hint shows that it changed' },
};

/** What would make each organization as the files say. */
export async function plansOf(args: Arguments, context: Context, admin: string, api: AdminApi): Promise<Plan[]> {
  const path = args.value('file');
  if (path === undefined) throw wrongUsage('Which files? --file PATH');
  const document = await fetchApiDocument(admin);
  const desired = desiredOf(readFiles(path, fileSchema(document), context.directory));
  const options = { prune: args.has('prune'), renewSecrets: args.has('renew-secrets'), env: context.env };
  const plans: Plan[] = [];
  for (const each of desired)
    plans.push(
      await withProgress(context.terminal, `Comparing ${each.organization}`, makePlan(each, api, document, options)),
    );
  return plans;
}
