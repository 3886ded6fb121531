import { describe, expect, test } from 'vitest';
import { compileQuota, planAdmission } from './plan.js';
import { budget, FACTS, rateLimit } from './quota.fixtures.js';
import type { Scope } from './scope.js';

const AT_MS = Date.parse('2026-11-24T12:00:00Z');

/** Names of the counters that a limit of this scope binds the call to. */
function subjects(scope: Scope, facts: Partial<typeof FACTS> = {}): string[] {
  const limit = rateLimit({ scope, requestsPerMinute: 1 });
  return planAdmission({ ...FACTS, ...facts }, [limit], [], AT_MS).limits.map(({ subject }) => subject);
}

describe('a scope', () => {
  test('without attributes binds every call of the organization to one counter', () => {
    expect(subjects({})).toEqual(['all']);
  });

  test.each<[string, Scope, string[]]>([
    ['the team itself', { team: 'search' }, ['team=search']],
    ['an outer team', { team: 'research' }, ['team=research']],
    ['another team', { team: 'sales' }, []],
    ['the service', { service: 'crawler' }, ['service=crawler']],
    ['an agent, where the call has none', { agent: 'scout' }, []],
    ['any agent, where the call has none', { agent: '*' }, []],
    ['the route', { route: 'chat' }, ['route=chat']],
    [
      'two attributes that match',
      { service: 'crawler', user: 'ada@example.com' },
      ['service=crawler,user=ada@example.com'],
    ],
    ['two attributes of which one does not match', { service: 'crawler', route: 'code' }, []],
  ])('naming %s', (_, scope, expected) => {
    expect(subjects(scope)).toEqual(expected);
  });

  test('with a star gives each value a counter of its own, and each team of the path', () => {
    expect(subjects({ user: '*' }, { user: 'bob' })).toEqual(['user=bob']);
    expect(subjects({ team: '*' })).toEqual(['team=search', 'team=research']);
  });

  test('with a model binds when any candidate is that model, once per candidate for a star', () => {
    const facts = { models: ['small', 'large', 'small'] };
    expect(subjects({ model: 'large' }, facts)).toEqual(['model=large']);
    expect(subjects({ model: 'huge' }, facts)).toEqual([]);
    expect(subjects({ team: '*', model: '*' }, facts)).toHaveLength(4);
  });

  test('with tags needs all of them, and names them in one order', () => {
    const tags = { stage: 'prod', app: 'web' };
    expect(subjects({ tags: { stage: 'prod', app: '*' } }, { tags })).toEqual(['tag.app=web,tag.stage=prod']);
    expect(subjects({ tags: { stage: 'prod', tier: '*' } }, { tags })).toEqual([]);
    expect(subjects({ tags: { constructor: '*' } }, { tags })).toEqual([]);
  });

  test('keeps hostile and long values apart, bounded and free of separators', () => {
    const hostile = ['a,team=x', 'a=b', '{other}', '', 'x'.repeat(10_000), 'x'.repeat(10_001), '\ud800', '#a', 'a b'];
    const names = hostile.map((user) => subjects({ user: '*' }, { user })[0] ?? '');
    expect(new Set(names).size).toBe(hostile.length);
    for (const name of names) expect(name).toMatch(/^user=[#\w.@:+/-]{1,64}$/);
  });
});

test('every key of a plan carries the organization as its hash tag', () => {
  const limits = [rateLimit({ requestsPerMinute: 1, tokensPerMinute: 1, maxConcurrency: 1 })];
  const plan = planAdmission(FACTS, limits, [budget()], AT_MS);
  const keys = [
    ...plan.limits.flatMap((limit) => [limit.requestsKey, limit.tokensKey, limit.runningKey]),
    plan.budgets[0]?.key,
  ];
  expect(keys).toHaveLength(4);
  for (const key of keys) expect(key).toMatch(/^\{org-1\}:/);
});

test('a limit has counters for what it limits, and none for the rest', () => {
  const { limits } = planAdmission(FACTS, [rateLimit({ tokensPerMinute: 5 })], [], AT_MS);
  expect(limits).toMatchObject([{ requestsKey: null, tokensKey: expect.any(String), runningKey: null }]);
});

test('a budget is counted in the period of its own timezone', () => {
  const newYork = budget({ period: 'day', timezone: 'America/New_York' });
  const tokyo = budget({ period: 'day', timezone: 'Asia/Tokyo' });
  const { budgets } = planAdmission(FACTS, [], [newYork, tokyo], Date.parse('2026-11-24T20:00:00Z'));
  expect(budgets.map(({ periodKey }) => periodKey)).toEqual(['2026-11-24', '2026-11-25']);
});

test('among a thousand rules exactly those that bind are planned', () => {
  const values = ['a', 'b', '*', undefined];
  const scopes: Scope[] = values.flatMap((team) =>
    values.flatMap((service) =>
      values.flatMap((agent) =>
        values.flatMap((user) =>
          values.map((route) => JSON.parse(JSON.stringify({ team, service, agent, user, route }))),
        ),
      ),
    ),
  );
  const limits = scopes.map((scope) => rateLimit({ scope, requestsPerMinute: 1 }));
  const facts = { ...FACTS, teamPath: ['a'], service: 'b', agent: 'a', user: null, route: 'b' };
  const matches = (wanted: string | undefined, actual: string | null) =>
    wanted === undefined || (actual !== null && (wanted === '*' || wanted === actual));
  const expected = limits.filter(
    ({ scope }) =>
      matches(scope.team, 'a') &&
      matches(scope.service, 'b') &&
      matches(scope.agent, 'a') &&
      matches(scope.user, null) &&
      matches(scope.route, 'b'),
  );
  const { limits: planned } = compileQuota(limits, []).plan(facts, AT_MS);
  expect(new Set(planned.map(({ limit }) => limit.id))).toEqual(new Set(expected.map(({ id }) => id)));
  expect(planned).toHaveLength(expected.length);
});
