import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAccess } from '../api/access.js';
import { AdminApi, type Json } from '../api/admin-api.js';
import { oneOrganization } from '../api/organizations.js';
import { type Command, JSON_OPTION, ORGANIZATION_OPTION } from '../command.js';
import { CliFailure, EXIT_CODES, wrongUsage } from '../failure.js';
import { agree } from '../terminal/agree.js';
import { tableOf } from '../terminal/table.js';
import { withProgress } from '../terminal/terminal.js';

const COLUMNS = ['costCenter', 'team', 'service', 'model', 'requests', 'inputTokens', 'outputTokens', 'totalUsd'];

export const chargeback: Command = {
  name: 'chargeback',
  operands: '<preview|close|csv> <period>',
  operandsMax: 2,
  about: 'Preview or close the statement of a month, or write it as CSV.',
  options: {
    organization: ORGANIZATION_OPTION,
    yes: { short: 'y', about: 'Close without asking' },
    out: { value: 'FILE', about: 'Where csv is written; else on the screen' },
    json: JSON_OPTION,
  },
  examples: [
    'chargeback preview 2026-11',
    'chargeback close 2026-11 --yes',
    'chargeback csv 2026-11 --out november.csv',
  ],
  async run(args, { terminal, env, directory, clock }) {
    const [verb = '', period = ''] = args.positionals;
    if (!['preview', 'close', 'csv'].includes(verb)) throw wrongUsage('chargeback what? preview, close or csv');
    if (!/^2\d{3}-(0[1-9]|1[0-2])$/.test(period)) throw wrongUsage(`chargeback ${verb} of which month? 2026-11`);
    const api = new AdminApi(readAccess(env), clock);
    const organization = await oneOrganization(api, args.value('organization'));
    const collection = `/organizations/${organization}/chargeback/statements`;
    if (verb === 'csv') {
      const csv = await withProgress(terminal, 'Fetching', fetchCsv(api, collection, period));
      const out = args.value('out');
      if (out === undefined) terminal.print(csv.trimEnd());
      else writeFileSync(resolve(directory, out), csv);
      return EXIT_CODES.done;
    }
    const close = verb === 'close';
    if (close && !(await agree(terminal, `Close ${period} of ${organization}?`, { yes: args.has('yes') })))
      throw new CliFailure('The statement was not closed.');
    const asked = api.create(collection, close ? { period } : { period, preview: true });
    const { body } = await withProgress(terminal, close ? 'Closing' : 'Computing', asked);
    terminal.print(args.has('json') ? JSON.stringify(body, null, 2) : show(body));
    return EXIT_CODES.done;
  },
};

/** The statement of the month that was made last. */
async function fetchCsv(api: AdminApi, collection: string, period: string): Promise<string> {
  const statements = (await api.list(collection)).filter((each) => each['period'] === period);
  const id = statements
    .map((each) => String(each['id']))
    .sort()
    .at(-1);
  if (id === undefined) throw new CliFailure(`There is no statement of ${period}: close or preview it first`);
  return (await api.send('GET', `${collection}/${id}.csv`)).text();
}

function show({ period, status, totalUsd, lines }: Json): string {
  const rows = (lines as Json[]).map((line) => COLUMNS.map((column) => line[column]));
  return `${tableOf(COLUMNS, rows)}\n\n${String(period)}, ${String(status)}: ${String(totalUsd)} USD`;
}
