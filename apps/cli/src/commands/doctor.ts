import { readConfig } from '#libs/config';
import { readAccess } from '../api/access.js';
import { AdminApi } from '../api/admin-api.js';
import { type Command, type Context, JSON_OPTION } from '../command.js';
import { checkApp } from '../doctor/apps.js';
import { type Finding, failed, ok } from '../doctor/finding.js';
import { checkIngest } from '../doctor/ingest.js';
import { checkProviderCredentials } from '../doctor/provider-credentials.js';
import { checkRedis } from '../doctor/redis.js';
import { checkSettings } from '../doctor/settings.js';
import { EXIT_CODES, reasonOf } from '../failure.js';
import { tableOf } from '../terminal/table.js';
import { withProgress } from '../terminal/terminal.js';

export const doctor: Command = {
  name: 'doctor',
  operands: '',
  operandsMax: 0,
  about:
    'Check settings, apps and what they need, clocks, migrations, ingest, provider credentials and, where REDIS_URL is set, snapshots and streams.',
  options: {
    organization: { short: 'o', value: 'SLUG', about: 'Only this one' },
    json: JSON_OPTION,
  },
  examples: ['doctor', 'doctor --json'],
  async run(args, context) {
    const work = examine(context, args.value('organization'));
    const findings = await withProgress(context.terminal, 'Examining', work);
    const rows = findings.map(({ status, check, message }) => [status, check, message]);
    context.terminal.print(
      args.has('json') ? JSON.stringify(findings, null, 2) : tableOf(['status', 'check', 'message'], rows),
    );
    return findings.some(({ status }) => status === 'failed') ? EXIT_CODES.failed : EXIT_CODES.done;
  },
};

/** All findings, in the order in which a person would look. Settings that are wrong leave nothing else to check. */
async function examine({ env, clock }: Context, named: string | undefined): Promise<Finding[]> {
  const settings = checkSettings(env);
  if (settings.some(({ status }) => status === 'failed')) return settings;
  const access = readAccess(env);
  const { workerPort, host } = readConfig(['workerPort', 'host'], env);
  const worker = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${workerPort}`;
  const apps = await Promise.all([
    checkApp('admin', access.admin, clock),
    checkApp('gateway', access.gateway, clock),
    checkApp('worker', worker, clock),
    checkIngest(worker),
  ]);
  return [
    ...settings,
    ...apps.flat(),
    ...(await checkOrganizations(new AdminApi(access, clock), env['REDIS_URL'], named)),
  ];
}

async function checkOrganizations(api: AdminApi, redisUrl: string | undefined, named?: string): Promise<Finding[]> {
  try {
    const all = await api.list('/organizations');
    const organizations = all.filter(({ slug }) => named === undefined || slug === named);
    if (named !== undefined && organizations.length === 0) return [failed('organizations', `there is no "${named}"`)];
    const findings = [ok('sign-in', `as the operator, who sees ${all.length} organizations`)];
    for (const { slug } of organizations) findings.push(...(await checkProviderCredentials(api, String(slug))));
    return redisUrl ? [...findings, ...(await checkRedis(redisUrl, organizations))] : findings;
  } catch (cause) {
    return [failed('sign-in', reasonOf(cause))];
  }
}
