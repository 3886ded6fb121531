import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import { oneOrganization } from '../api/organizations.js';
import { type Command, JSON_OPTION, ORGANIZATION_OPTION } from '../command.js';
import { EXIT_CODES } from '../failure.js';
import { tableOf } from '../terminal/table.js';
import { withProgress } from '../terminal/terminal.js';

const SUMS = ['requests', 'errors', 'inputTokens', 'outputTokens', 'costUsd', 'savedUsd'];
/** Options that are handed to the API as they are. */
const QUERY = { 'group-by': 'groupBy', interval: 'interval', from: 'from', to: 'to' };

export const usage: Command = {
  name: 'usage',
  operands: '',
  operandsMax: 0,
  about: 'Show what was used and what it cost, this month if no time is given.',
  options: {
    organization: ORGANIZATION_OPTION,
    'group-by': {
      short: 'g',
      value: 'KEYS',
      about: 'team, service, agent, model, provider, tag.<key>, with commas between',
    },
    interval: { short: 'i', value: 'hour|day|month', about: 'A row for each' },
    from: { value: 'TIME', about: 'Since, ISO 8601' },
    to: { value: 'TIME', about: 'Until, exclusive' },
    json: JSON_OPTION,
  },
  examples: ['usage -g team,model', 'usage -o acme -i day --from 2026-11-01T00:00:00Z --json'],
  async run(args, { terminal, env, clock }) {
    const api = new AdminApi(readAccess(env), clock);
    const organization = await oneOrganization(api, args.value('organization'));
    const query = new URLSearchParams();
    for (const [option, parameter] of Object.entries(QUERY)) {
      const value = args.value(option);
      if (value !== undefined) query.set(parameter, value);
    }
    const asked = api.get(`/organizations/${organization}/usage?${query}`);
    const { data } = (await withProgress(terminal, 'Adding up', asked)).body as { data: Record<string, unknown>[] };
    const keys = [...(args.value('interval') ? ['at'] : []), ...(args.value('group-by')?.split(',') ?? [])];
    const columns = [...keys, ...SUMS];
    const rows = data.map((row) => columns.map((column) => row[column]));
    terminal.print(args.has('json') ? JSON.stringify(data, null, 2) : tableOf(columns, rows));
    return EXIT_CODES.done;
  },
};
