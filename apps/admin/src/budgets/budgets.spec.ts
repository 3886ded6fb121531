import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodOf } from '#libs/quota';
import { keys } from '#libs/redis';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const budgets = '/organizations/acme/budgets';
const GOOD = { slug: 'x', scope: {}, amount: '10', period: 'month' };

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/teams', { slug: 'search', name: 'Search' }],
    ['/organizations/other/budgets', { ...GOOD, slug: 'theirs' }],
  );
});
afterAll(() => admin.stop());

describe('budgets', () => {
  it('201: are created, nothing spent', async () => {
    const body = {
      slug: 'monthly',
      scope: { team: 'search' },
      amount: '12.50',
      period: 'month',
      enforcement: 'soft',
      alertsAt: [0.5, 0.8, 1, 0.999],
      timezone: 'Europe/Berlin',
    };
    const made = await admin.call('POST', budgets, body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...body, spent: '0.00', reserved: '0.00', remaining: '12.50' });
    expect(Date.parse(made.body.resetsAt)).toBe(periodOf('month', 'Europe/Berlin', Date.now()).endMs);
  });

  it('200: show what their counter holds, to the last digit', async () => {
    const { body: made } = await admin.call('POST', budgets, {
      ...GOOD,
      slug: 'counted',
      amount: '1',
      period: 'total',
    });
    const { body: organization } = await admin.call('GET', '/organizations/acme');
    const counter = keys.budget(organization.id, made.id, 'all', 'total');
    await admin.connections.redis.hset(counter, { committed: '1000000001', reserved: '400000000' });
    const expected = { spent: '0.600000001', reserved: '0.40', remaining: '-0.000000001', resetsAt: null };
    expect((await admin.call('GET', `${budgets}/counted`)).body).toMatchObject(expected);
    const { body: list } = await admin.call('GET', budgets);
    expect(list.data.find((budget: { slug: string }) => budget.slug === 'counted')).toMatchObject(expected);
  });

  it('200: say null where every value has a counter of its own', async () => {
    const made = await admin.call('POST', budgets, { ...GOOD, slug: 'each', scope: { user: '*' } });
    expect(made.body).toMatchObject({ spent: null, reserved: null, remaining: null });
    expect(made.body.resetsAt).not.toBeNull();
  });

  it('200: change amount, enforcement and alerts, not what they count', async () => {
    await given(admin, [budgets, { ...GOOD, slug: 'raised' }]);
    const change = { amount: '20.00', enforcement: 'soft', alertsAt: [1] };
    expect((await admin.call('PATCH', `${budgets}/raised`, change)).body).toMatchObject(change);
    for (const fixed of [{ period: 'day' }, { timezone: 'UTC' }, { scope: {} }])
      expect((await admin.call('PATCH', `${budgets}/raised`, fixed)).status).toBe(400);
  });

  it.each([
    ['an amount that is a number', { ...GOOD, amount: 10 }, 'amount'],
    ['a negative amount', { ...GOOD, amount: '-1' }, 'amount'],
    ['an amount beyond a billion', { ...GOOD, amount: '1000000000' }, 'amount'],
    ['an amount with ten decimals', { ...GOOD, amount: '0.0000000001' }, 'amount'],
    ['an unknown period', { ...GOOD, period: 'fortnight' }, 'period'],
    ['an unknown timezone', { ...GOOD, timezone: 'Mars/Olympus' }, 'timezone'],
    ['an offset as timezone', { ...GOOD, timezone: '+01:00' }, 'timezone'],
    ['an alert at nothing', { ...GOOD, alertsAt: [0] }, 'alertsAt'],
    ['an alert finer than a thousandth', { ...GOOD, alertsAt: [0.00005] }, 'alertsAt'],
    ['the same alert twice', { ...GOOD, alertsAt: [1, 1] }, 'alertsAt'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', budgets, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it("404: another organization's budget cannot be reached", async () => {
    const { body: theirs } = await admin.call('GET', '/organizations/other/budgets/theirs');
    for (const method of ['GET', 'DELETE'])
      expect((await admin.call(method, `${budgets}/${theirs.id}`)).status).toBe(404);
    expect((await admin.call('PATCH', `${budgets}/${theirs.id}`, { amount: '1' })).status).toBe(404);
  });
});
