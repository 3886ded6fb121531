import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import { oneOrganization } from '../api/organizations.js';
import { type Arguments, type Command, JSON_OPTION, ORGANIZATION_OPTION } from '../command.js';
import { EXIT_CODES, wrongUsage } from '../failure.js';
import { withProgress } from '../terminal/terminal.js';

export const cache: Command = {
  name: 'cache',
  operands: '<invalidate>',
  operandsMax: 1,
  about: 'Stop using cached answers: all, those of a route, or those of calls with a tag. Gateways follow in a second.',
  options: {
    organization: ORGANIZATION_OPTION,
    all: { about: 'Of the whole organization' },
    route: { value: 'SLUG', about: 'Of this route' },
    tag: { value: 'KEY=VALUE', about: 'Of calls with this tag' },
    json: JSON_OPTION,
  },
  examples: ['cache invalidate --route fast', 'cache invalidate -o acme --tag app=shop', 'cache invalidate --all'],
  async run(args, { terminal, env, clock }) {
    if (args.positionals[0] !== 'invalidate') throw wrongUsage('cache what? invalidate');
    const what = whatOf(args);
    const api = new AdminApi(readAccess(env), clock);
    const organization = await oneOrganization(api, args.value('organization'));
    const asked = api.create(`/organizations/${organization}/cache/invalidations`, what);
    const { body } = await withProgress(terminal, 'Invalidating', asked);
    const named = what.name === undefined ? organization : `${what.kind} ${what.name}`;
    terminal.print(args.has('json') ? JSON.stringify(body, null, 2) : `${named}: answers kept so far are used no more`);
    return EXIT_CODES.done;
  },
};

function whatOf(args: Arguments): { readonly kind: string; readonly name?: string } {
  const [route, tag] = [args.value('route'), args.value('tag')];
  if ([args.has('all'), route !== undefined, tag !== undefined].filter(Boolean).length !== 1)
    throw wrongUsage('cache invalidate of what? One of --route, --tag and --all');
  if (route !== undefined) return { kind: 'route', name: route };
  return tag === undefined ? { kind: 'organization' } : { kind: 'tag', name: tag };
}
