import { uuidv7 } from '#libs/core';
import { usageEvent } from '#libs/testing';
import { recordUsage } from './record-usage.js';
import type { AdminApp } from './start-admin.js';

/** An organization with one of everything, called `<organization>-team` and so on, and how paths name it. */
export interface Examples {
  /** A path of the OpenAPI document below /api/v1, each parameter replaced by what exists. */
  path(template: string): string;
  /** The slugs or ids by which bodies and filters can refer to them. */
  readonly references: Readonly<Record<'team' | 'service' | 'credential' | 'model' | 'route' | 'member', string>>;
  /** Makes anew what a successful DELETE of this path took away. */
  renew(template: string): Promise<void>;
}

/** Creates them in an organization of this slug, as the operator. */
export async function createExamples(admin: AdminApp, organization: string): Promise<Examples> {
  const base = `/organizations/${organization}`;
  const make = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await admin.call('POST', path, body);
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const named = (what: string): string => `${organization}-${what}`;
  const { id: organizationId } = await make('/organizations', { slug: organization, name: organization });
  await make(`${base}/teams`, { slug: named('top'), name: 'Top' });
  await make(`${base}/teams`, { slug: named('team'), name: 'Team', parent: named('top') });
  await make(`${base}/services`, { slug: named('service'), name: 'Service', team: named('team') });
  // A port where nobody listens: a probe of the credential is refused at once.
  const credential = { slug: named('credential'), provider: 'openai', secret: 'sk-x', baseUrl: 'http://127.0.0.1:9' };
  await make(`${base}/provider-credentials`, credential);
  await make(`${base}/models`, {
    slug: named('model'),
    provider: 'openai',
    credential: named('credential'),
    model: 'gpt-4.1-mini',
  });
  await make(`${base}/routes`, { slug: named('route'), targets: [{ model: named('model') }] });
  await make(`${base}/budgets`, {
    slug: named('budget'),
    scope: { team: named('team') },
    amount: '10',
    period: 'month',
  });
  await make(`${base}/guardrails`, {
    slug: named('guardrail'),
    applyTo: 'input',
    checks: [{ type: 'secrets', action: 'flag' }],
  });
  const member = await make(`${base}/members`, { email: `somebody@${organization}.example`, name: 'Somebody' });
  const rateLimit = await make(`${base}/rate-limits`, { scope: { team: named('team') }, requestsPerMinute: 1 });
  const call = usageEvent({ organizationId, team: named('team'), service: named('service') });
  await recordUsage(admin.connections.database.pool, [call]);
  const { prisma } = admin.connections.database;
  // Not by the API, which would look for the issuer.
  const idp = {
    id: uuidv7(),
    organizationId,
    slug: named('idp'),
    name: 'IdP',
    issuer: `https://${organization}.example`,
  };
  await prisma.identityProvider.create({ data: idp });
  const statement = await prisma.statement.create({
    data: { id: call.callId, organizationId, period: '2026-01', status: 'closed', closedAt: new Date() },
  });

  const makeKey = async () => (await make(`${base}/services/${named('service')}/keys`, { name: 'Key' })).id;
  const makeSecret = async () => (await make(`${base}/services/${named('service')}/credentials`, {})).id;
  const makeBinding = async () => (await make(`${base}/role-bindings`, { member: member.id, role: 'viewer' })).id;
  /** Parameters in the order they are looked for: the first whose pattern is in the path says what it stands for. */
  const values: [pattern: string, value: string, renew?: () => Promise<string>][] = [
    ['{organization}', organization],
    ['services/{service}/credentials/{credential}', await makeSecret(), makeSecret],
    ['services/{service}/keys/{key}', await makeKey(), makeKey],
    ['role-bindings/{roleBinding}', await makeBinding(), makeBinding],
    ['{credential}', named('credential')],
    ['{service}', named('service')],
    ['{team}', named('team')],
    ['{model}', named('model')],
    ['{route}', named('route')],
    ['{budget}', named('budget')],
    ['{guardrail}', named('guardrail')],
    ['{rateLimit}', rateLimit.id],
    ['{identityProvider}', idp.slug],
    ['{member}', member.id],
    ['{request}', call.callId],
    ['{statement}', statement.id],
  ];
  return {
    path: (template) =>
      values
        .reduce((path, [pattern, value]) => {
          const parameter = pattern.slice(pattern.lastIndexOf('{'));
          return path.replace(pattern, pattern.replace(parameter, value));
        }, template)
        .replaceAll(/\{\w+\}/g, '01990000-0000-7000-8000-000000000000'),
    references: {
      team: named('team'),
      service: named('service'),
      credential: named('credential'),
      model: named('model'),
      route: named('route'),
      member: member.id,
    },
    renew: async (template) => {
      const row = values.find(([pattern]) => template.endsWith(pattern));
      if (row?.[2]) row[1] = await row[2]();
    },
  };
}
