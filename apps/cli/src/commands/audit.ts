import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import { organizationSlugs } from '../api/organizations.js';
import { exportTrail } from '../audit/export-trail.js';
import { verifyFile } from '../audit/verify-file.js';
import { type Arguments, type Command, type Context } from '../command.js';
import { CliFailure, EXIT_CODES, type ExitCode, wrongUsage } from '../failure.js';
import { withProgress } from '../terminal/terminal.js';

export const audit: Command = {
  name: 'audit',
  operands: '<verify|export> [file]',
  operandsMax: 2,
  about:
    'Verify audit trails where they are or, with a file, an export of one without any server; or export one as JSON lines.',
  options: {
    organization: { short: 'o', value: 'SLUG', about: 'Only this one; an export is of one' },
    anchors: { value: 'FILE', about: 'Signed anchors kept elsewhere: only they show that an end was cut off' },
    keys: { value: 'FILE', about: 'Public keys of the anchors (keys.json)' },
  },
  examples: [
    'audit verify',
    'audit export acme.jsonl -o acme',
    'audit verify acme.jsonl --anchors ORGANIZATION-ID.jsonl --keys keys.json',
  ],
  async run(args, context) {
    const [verb, file] = args.positionals;
    if (verb === 'verify') return file === undefined ? verifyOnline(args, context) : verifyOffline(file, args, context);
    if (verb !== 'export') throw wrongUsage('audit what? verify or export');
    const organization = args.value('organization');
    if (file === undefined || organization === undefined) throw wrongUsage('audit export FILE -o SLUG');
    const api = new AdminApi(readAccess(context.env), context.clock);
    const count = await withProgress(
      context.terminal,
      'Exporting',
      exportTrail(api, organization, { file, directory: context.directory }),
    );
    context.terminal.print(`${count} audit events of ${organization} in ${file}`);
    return EXIT_CODES.done;
  },
};

async function verifyOnline(args: Arguments, { env, clock, terminal }: Context): Promise<ExitCode> {
  const api = new AdminApi(readAccess(env), clock);
  let flawed = 0;
  for (const slug of await organizationSlugs(api, args.value('organization'))) {
    const asked = api.get(`/organizations/${slug}/audit-events/verify`);
    const { body } = await withProgress(terminal, `Verifying ${slug}`, asked);
    const { ok, events, hash, broken } = body as {
      ok: boolean;
      events: number | null;
      hash: string | null;
      broken: { sequence: number; reason: string } | null;
    };
    terminal.print(
      ok
        ? `${slug}: whole, ${events} events, ends in ${hash}`
        : `${slug}: event ${broken?.sequence}: ${broken?.reason}`,
    );
    if (!ok) flawed += 1;
  }
  return flawed === 0 ? EXIT_CODES.done : EXIT_CODES.failed;
}

async function verifyOffline(file: string, args: Arguments, { directory, terminal }: Context): Promise<ExitCode> {
  const [anchors, keys] = [args.value('anchors'), args.value('keys')];
  if ((anchors === undefined) !== (keys === undefined)) throw wrongUsage('--anchors and --keys go together');
  const signed = anchors !== undefined && keys !== undefined ? { anchors, keys } : null;
  const result = verifyFile(file, signed, directory);
  if (!result.ok) throw new CliFailure(`${file}: event ${result.broken.sequence}: ${result.broken.reason}`);
  const { sequence, hash } = result.head;
  terminal.print(
    `${file}: whole, ${sequence} events, ends in ${hash}${signed ? '' : ' (no anchors: a cut end would not show)'}`,
  );
  return EXIT_CODES.done;
}
