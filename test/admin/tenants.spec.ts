import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '#libs/admin-api';
import { createExamples, type Examples } from './examples.js';
import { type Operation, operationsOf } from './operations.js';
import { memberOf } from './sign-in.js';
import { type AdminApp, startAdmin } from './start-admin.js';
import { inOrganization, ORGANIZATION, type TypedClient, typedClient } from './typed-client.js';

/*
 * What belongs to another organization answers like what exists nowhere: same status, same words. Asked as an owner and as
 * the operator, who may see both organizations, but each by its own path.
 */

const NOWHERE = { slug: 'nowhere', id: '01990000-0000-7000-8000-0000000000aa' };
const acme = '/organizations/acme';

let admin: AdminApp;
let own: Examples;
let others: Examples;
let operations: Operation[];
let askers: Pick<AdminApp, 'call' | 'authorization'>[];

beforeAll(async () => {
  admin = await startAdmin();
  own = await createExamples(admin, 'acme');
  others = await createExamples(admin, 'other');
  operations = await operationsOf(admin);
  const owner = await memberOf(admin, 'acme', 'owner@acme.example', { role: 'owner' });
  askers = [admin, { call: owner.call, authorization: `Bearer ${owner.accessToken}` }];
});
afterAll(() => admin.stop());

/** A problem without what was asked for, so that two can be compared. */
function plain(problem: Schema<'ProblemAnswer'> | undefined, ...asked: readonly string[]): string {
  const text = JSON.stringify({ ...problem, instance: '' });
  return [...asked, NOWHERE.slug, NOWHERE.id].reduce((left, name) => left.replaceAll(name, '…'), text);
}

describe('ids of another organization', () => {
  it('404: in a path are not found, by no operation', async () => {
    const deep = operations.filter(({ path }) => /\{organization\}.*\{/.test(path));
    expect(deep.length).toBeGreaterThan(30);
    for (const { method, path } of deep)
      for (const { call } of askers) {
        const theirs = others.path(path).replace('/organizations/other', acme);
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        const answer = await call(method, theirs, body);
        const nowhere = await call(
          method,
          path.replace('{organization}', 'acme').replaceAll(/\{\w+\}/g, NOWHERE.id),
          body,
        );
        expect([method, path, answer.status]).toEqual([method, path, nowhere.status]);
        // A body that is wrong whatever the path names is refused first.
        expect([method, path, [400, 404].includes(answer.status)]).toEqual([method, path, true]);
        if (body === undefined) expect([method, path, answer.status]).toEqual([method, path, 404]);
      }
  });

  const params = inOrganization('acme');
  const name = { slug: 'x', name: 'X' };
  const budget = { slug: 'x', amount: '1', period: 'month' } as const;
  const route = { slug: 'x', targets: [{ model: 'acme-model' }] };
  const guardrail: Schema<'CreateGuardrail'> = {
    slug: 'x',
    applyTo: 'input',
    checks: [{ type: 'secrets', action: 'flag' }],
  };
  const model = { slug: 'x', provider: 'openai', model: 'gpt-4.1-mini' } as const;
  const post = {
    team: (body: Schema<'CreateTeam'>) => (api: TypedClient) => api.POST(`${ORGANIZATION}/teams`, { params, body }),
    service: (body: Schema<'CreateService'>) => (api: TypedClient) =>
      api.POST(`${ORGANIZATION}/services`, { params, body }),
    model: (body: Schema<'CreateModel'>) => (api: TypedClient) => api.POST(`${ORGANIZATION}/models`, { params, body }),
    route: (body: Schema<'CreateRoute'>) => (api: TypedClient) => api.POST(`${ORGANIZATION}/routes`, { params, body }),
    budget: (body: Schema<'CreateBudget'>) => (api: TypedClient) =>
      api.POST(`${ORGANIZATION}/budgets`, { params, body }),
    rateLimit: (body: Schema<'CreateRateLimit'>) => (api: TypedClient) =>
      api.POST(`${ORGANIZATION}/rate-limits`, { params, body }),
    guardrail: (body: Schema<'CreateGuardrail'>) => (api: TypedClient) =>
      api.POST(`${ORGANIZATION}/guardrails`, { params, body }),
    roleBinding: (body: Schema<'CreateRoleBinding'>) => (api: TypedClient) =>
      api.POST(`${ORGANIZATION}/role-bindings`, { params, body }),
  };
  type Creation = (api: TypedClient) => Promise<{ error?: Schema<'ProblemAnswer'>; response: Response }>;

  it.each<[string, string, keyof Examples['references'], (reference: string) => Creation]>([
    ['parent', 'team', 'team', (parent) => post.team({ ...name, parent })],
    ['team', 'service', 'team', (team) => post.service({ ...name, team })],
    ['credential', 'model', 'credential', (credential) => post.model({ ...model, credential })],
    ['targets.0.model', 'route', 'model', (target) => post.route({ ...route, targets: [{ model: target }] })],
    [
      'rules.0.targets.0.model',
      'route',
      'model',
      (target) => post.route({ ...route, rules: [{ when: {}, targets: [{ model: target }] }] }),
    ],
    ['shadow.model', 'route', 'model', (target) => post.route({ ...route, shadow: { model: target, share: 0.5 } })],
    ['scope.team', 'budget', 'team', (team) => post.budget({ ...budget, scope: { team } })],
    ['scope.service', 'budget', 'service', (service) => post.budget({ ...budget, scope: { service } })],
    ['scope.model', 'budget', 'model', (each) => post.budget({ ...budget, scope: { model: each } })],
    ['scope.route', 'budget', 'route', (each) => post.budget({ ...budget, scope: { route: each } })],
    ['scope.team', 'rate limit', 'team', (team) => post.rateLimit({ scope: { team }, requestsPerMinute: 1 })],
    ['scope.service', 'guardrail', 'service', (service) => post.guardrail({ ...guardrail, scope: { service } })],
    ['member', 'role binding', 'member', (member) => post.roleBinding({ member, role: 'viewer' })],
    [
      'team',
      'role binding',
      'team',
      (team) => post.roleBinding({ member: own.references.member, role: 'viewer', team }),
    ],
  ])('404: as %s of a new %s are nothing that exists, and the answer names the field', async (...row) => {
    const [field, , kind, creation] = row;
    for (const { authorization } of askers) {
      const api = typedClient(admin.url, authorization);
      const reference = others.references[kind];
      const [theirs, nowhere] = [
        await creation(reference)(api),
        await creation(kind === 'member' ? NOWHERE.id : NOWHERE.slug)(api),
      ];
      expect([theirs.response.status, theirs.error?.errors?.[0]?.field]).toEqual([404, field]);
      expect(plain(theirs.error, reference)).toBe(plain(nowhere.error));
    }
  });

  it('200: in filters find nothing', async () => {
    const { team, service, model: theirModel, route: theirRoute } = others.references;
    const filters = [`team=${team}`, `service=${service}`, `model=${theirModel}`, `route=${theirRoute}`, `q=${team}`];
    for (const { call } of askers)
      for (const filter of filters) {
        const { status, body } = await call('GET', `${acme}/requests?${filter}`);
        expect([filter, status, body.data]).toEqual([filter, 200, []]);
      }
  });

  it('are in no list of this one', async () => {
    const lists = operations.filter(({ method, path }) => method === 'GET' && /\{organization\}\/[^{]*$/.test(path));
    for (const { path } of lists)
      for (const { call } of askers) {
        const { text } = await call('GET', path.replace('{organization}', 'acme'));
        const leaked = Object.values(others.references).filter((reference) => text.includes(reference));
        expect([path, leaked]).toEqual([path, []]);
      }
  });
});
