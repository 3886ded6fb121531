import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExamples, type Examples } from './examples.js';
import { type Operation, operationsOf } from './operations.js';
import { memberOf } from './sign-in.js';
import { type AdminApp, type Answer, startAdmin } from './start-admin.js';

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
let askers: AdminApp['call'][];

beforeAll(async () => {
  admin = await startAdmin();
  own = await createExamples(admin, 'acme');
  others = await createExamples(admin, 'other');
  operations = await operationsOf(admin);
  askers = [admin.call, (await memberOf(admin, 'acme', 'owner@acme.example', { role: 'owner' })).call];
});
afterAll(() => admin.stop());

/** An answer without what was asked for, so that two can be compared. */
function plain({ status, text }: Answer, ...asked: readonly string[]): [number, string] {
  const words = [...asked, NOWHERE.slug, NOWHERE.id].reduce((left, name) => left.replaceAll(name, '…'), text);
  return [status, words.replaceAll(/"instance":"[^"]*"/g, '')];
}

describe('ids of another organization', () => {
  it('404: in a path are not found, by no operation', async () => {
    const deep = operations.filter(({ path }) => /\{organization\}.*\{/.test(path));
    expect(deep.length).toBeGreaterThan(30);
    for (const { method, path } of deep)
      for (const call of askers) {
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

  const name = { slug: 'x', name: 'X' };
  const budget = { slug: 'x', amount: '1', period: 'month' };
  const route = { slug: 'x', targets: [{ model: 'acme-model' }] };
  const guardrail = { slug: 'x', applyTo: 'input', checks: [{ type: 'secrets', action: 'flag' }] };
  const model = { slug: 'x', provider: 'openai', model: 'gpt-4.1-mini' };
  type References = Examples['references'];

  it.each<[string, string, keyof References, (reference: string) => object]>([
    ['parent', '/teams', 'team', (parent) => ({ ...name, parent })],
    ['team', '/services', 'team', (team) => ({ ...name, team })],
    ['credential', '/models', 'credential', (credential) => ({ ...model, credential })],
    ['targets.0.model', '/routes', 'model', (target) => ({ ...route, targets: [{ model: target }] })],
    [
      'rules.0.targets.0.model',
      '/routes',
      'model',
      (target) => ({ ...route, rules: [{ when: {}, targets: [{ model: target }] }] }),
    ],
    ['shadow.model', '/routes', 'model', (target) => ({ ...route, shadow: { model: target, share: 0.5 } })],
    ['scope.team', '/budgets', 'team', (team) => ({ ...budget, scope: { team } })],
    ['scope.service', '/budgets', 'service', (service) => ({ ...budget, scope: { service } })],
    ['scope.model', '/budgets', 'model', (each) => ({ ...budget, scope: { model: each } })],
    ['scope.route', '/budgets', 'route', (each) => ({ ...budget, scope: { route: each } })],
    ['scope.team', '/rate-limits', 'team', (team) => ({ scope: { team }, requestsPerMinute: 1 })],
    ['scope.service', '/guardrails', 'service', (service) => ({ ...guardrail, scope: { service } })],
    ['member', '/role-bindings', 'member', (member) => ({ member, role: 'viewer' })],
    ['team', '/role-bindings', 'team', (team) => ({ member: own.references.member, role: 'viewer', team })],
  ])('404: as %s in the body of POST %s are nothing that exists, and the answer names the field', async (...row) => {
    const [field, path, kind, body] = row;
    for (const call of askers) {
      const reference = others.references[kind];
      const [theirs, nowhere] = [
        await call('POST', acme + path, body(reference)),
        await call('POST', acme + path, body(kind === 'member' ? NOWHERE.id : NOWHERE.slug)),
      ];
      expect([theirs.status, theirs.body.errors?.[0].field], theirs.text).toEqual([404, field]);
      expect(plain(theirs, reference)).toEqual(plain(nowhere, reference));
    }
  });

  it('200: in filters find nothing', async () => {
    const { team, service, model: theirModel, route: theirRoute } = others.references;
    const filters = [`team=${team}`, `service=${service}`, `model=${theirModel}`, `route=${theirRoute}`, `q=${team}`];
    for (const call of askers)
      for (const filter of filters) {
        const { status, body } = await call('GET', `${acme}/requests?${filter}`);
        expect([filter, status, body.data]).toEqual([filter, 200, []]);
      }
  });

  it('are in no list of this one', async () => {
    const lists = operations.filter(({ method, path }) => method === 'GET' && /\{organization\}\/[^{]*$/.test(path));
    for (const { path } of lists)
      for (const call of askers) {
        const { text } = await call('GET', path.replace('{organization}', 'acme'));
        const leaked = Object.values(others.references).filter((reference) => text.includes(reference));
        expect([path, leaked]).toEqual([path, []]);
      }
  });
});
