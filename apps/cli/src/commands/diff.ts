import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import { type Command, JSON_OPTION } from '../command.js';
import { PLAN_OPTIONS, plansOf } from '../configuration/plans-of.js';
import { planAsJson, showPlan } from '../configuration/show-plan.js';
import { EXIT_CODES } from '../failure.js';

export const diff: Command = {
  name: 'diff',
  operands: '',
  operandsMax: 0,
  about: 'Show what apply would do. Changes nothing; exit code 3 when there is something to do.',
  options: { ...PLAN_OPTIONS, json: JSON_OPTION },
  examples: ['diff -f config/', 'diff -f acme.yaml --prune --json'],
  async run(args, context) {
    const access = readAccess(context.env);
    const plans = await plansOf(args, context, access.admin, new AdminApi(access, context.clock));
    const text = args.has('json') ? JSON.stringify(plans.map(planAsJson), null, 2) : plans.map(showPlan).join('\n');
    context.terminal.print(text);
    return plans.some(({ steps }) => steps.length > 0) ? EXIT_CODES.different : EXIT_CODES.done;
  },
};
