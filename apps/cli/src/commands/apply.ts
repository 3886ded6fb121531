import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import type { Command, Context } from '../command.js';
import { carryOut, type NewSecret } from '../configuration/carry-out.js';
import { PLAN_OPTIONS, plansOf } from '../configuration/plans-of.js';
import { showPlan, summaryOf } from '../configuration/show-plan.js';
import { CliFailure, EXIT_CODES } from '../failure.js';
import { agree } from '../terminal/agree.js';
import { withProgress } from '../terminal/terminal.js';

export const apply: Command = {
  name: 'apply',
  operands: '',
  operandsMax: 0,
  about: 'Make organizations as files say: shows the plan, asks, and carries it out.',
  options: {
    ...PLAN_OPTIONS,
    yes: { short: 'y', about: 'Do not ask' },
    'secrets-out': { value: 'FILE', about: 'Where to append the secrets of new services, as JSON lines; mode 0600' },
  },
  examples: ['apply -f config/', 'apply -f acme.yaml --prune --yes --secrets-out new-services.jsonl'],
  async run(args, context) {
    const { terminal } = context;
    const access = readAccess(context.env);
    const api = new AdminApi(access, context.clock);
    const plans = await plansOf(args, context, access.admin, api);
    terminal.print(plans.map(showPlan).join('\n'));
    const steps = plans.flatMap((plan) => plan.steps);
    if (steps.length === 0) return EXIT_CODES.done;
    if (!(await agree(terminal, `Carry this out (${summaryOf(steps)})?`, { yes: args.has('yes') })))
      throw new CliFailure('Nothing was changed.');
    for (const plan of plans.filter((each) => each.steps.length > 0)) {
      const secrets = await withProgress(terminal, `Applying ${plan.organization}`, carryOut(plan, api));
      keep(secrets, args.value('secrets-out'), context);
      terminal.print(`Organization ${plan.organization}: done`);
    }
    return EXIT_CODES.done;
  },
};

/** A secret on the screen would end in the log of whatever runs this. */
function keep(secrets: readonly NewSecret[], file: string | undefined, { terminal, directory }: Context): void {
  if (secrets.length === 0) return;
  const services = secrets.map(({ service }) => service).join(', ');
  if (file === undefined) {
    terminal.warn(`Secrets of new services were not kept: ${services}. Make new ones as their credentials.`);
    return;
  }
  const lines = secrets.map((secret) => `${JSON.stringify(secret)}\n`).join('');
  appendFileSync(resolve(directory, file), lines, { mode: 0o600 });
  terminal.warn(`Secrets of new services are in ${file}: ${services}`);
}
