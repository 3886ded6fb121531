import { uuidv7 } from '#libs/core';
import { usageEvent } from '#libs/testing';
import { recordUsage } from './record-usage.js';
import type { AdminApp } from './start-admin.js';
import { granted, inOrganization, ORGANIZATION, typedClient } from './typed-client.js';

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
  const api = typedClient(admin.url, admin.authorization);
  const params = inOrganization(organization);
  const named = (what: string): string => `${organization}-${what}`;
  const team = named('team');
  const foundation = await api.POST('/api/v1/organizations', { body: { slug: organization, name: organization } });
  const { id: organizationId } = granted(foundation);
  granted(await api.POST(`${ORGANIZATION}/teams`, { params, body: { slug: named('top'), name: 'Top' } }));
  granted(
    await api.POST(`${ORGANIZATION}/teams`, { params, body: { slug: team, name: 'Team', parent: named('top') } }),
  );
  const service = { slug: named('service'), name: 'Service', team };
  granted(await api.POST(`${ORGANIZATION}/services`, { params, body: service }));
  // A port where nobody listens: a probe of the credential is refused at once.
  const credential = { slug: named('credential'), secret: 'sk-x', baseUrl: 'http://127.0.0.1:9' };
  granted(
    await api.POST(`${ORGANIZATION}/provider-credentials`, { params, body: { ...credential, provider: 'openai' } }),
  );
  const model = { slug: named('model'), credential: credential.slug, model: 'gpt-4.1-mini' };
  granted(await api.POST(`${ORGANIZATION}/models`, { params, body: { ...model, provider: 'openai' } }));
  const route = { slug: named('route'), targets: [{ model: model.slug }] };
  granted(await api.POST(`${ORGANIZATION}/routes`, { params, body: route }));
  const budget = { slug: named('budget'), scope: { team }, amount: '10' };
  granted(await api.POST(`${ORGANIZATION}/budgets`, { params, body: { ...budget, period: 'month' } }));
  const checks = [{ type: 'secrets', action: 'flag' } as const];
  const guardrail = { slug: named('guardrail'), checks };
  granted(await api.POST(`${ORGANIZATION}/guardrails`, { params, body: { ...guardrail, applyTo: 'input' } }));
  const somebody = { email: `somebody@${organization}.example`, name: 'Somebody' };
  const member = granted(await api.POST(`${ORGANIZATION}/members`, { params, body: somebody }));
  const limit = { scope: { team }, requestsPerMinute: 1 };
  const rateLimit = granted(await api.POST(`${ORGANIZATION}/rate-limits`, { params, body: limit }));
  const call = usageEvent({ organizationId, team, service: service.slug });
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

  const ofService = { path: { organization, service: service.slug } };
  const makeKey = async () =>
    granted(await api.POST(`${ORGANIZATION}/services/{service}/keys`, { params: ofService, body: { name: 'Key' } })).id;
  const makeSecret = async () =>
    granted(await api.POST(`${ORGANIZATION}/services/{service}/credentials`, { params: ofService, body: {} })).id;
  const makeBinding = async () =>
    granted(await api.POST(`${ORGANIZATION}/role-bindings`, { params, body: { member: member.id, role: 'viewer' } }))
      .id;
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
