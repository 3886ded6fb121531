import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

const settings = '/organizations/acme/settings';
let admin: AdminApp;
let acme: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
});
afterAll(() => admin?.stop());

const snapshot = async () => JSON.parse((await admin.connections.redis.get(keys.snapshot(acme))) ?? '{}');

describe('settings', () => {
  it('200: are there before anyone set them, with their defaults', async () => {
    expect((await admin.call('GET', settings)).body).toMatchObject({
      id: acme,
      recordsDays: null,
      unknownPrices: 'book-zero',
      sharedCosts: [],
      markups: [],
    });
  });

  it('200: what is left out stays, and the data plane learns what it must know', async () => {
    const markups = [{ name: 'Margin', team: '*', percent: '-2.5' }];
    const first = await admin.call('PATCH', settings, { unknownPrices: 'refuse', markups });
    expect(first.status, first.text).toBe(200);
    const sharedCosts = [{ name: 'Fee', amountUsd: '500', splitBy: 'shares', shares: { search: 3, sales: 1 } }];
    const second = await admin.call('PATCH', settings, { recordsDays: 90, sharedCosts });
    expect(second.body).toMatchObject({ recordsDays: 90, unknownPrices: 'refuse', markups, sharedCosts });
    expect((await admin.call('GET', settings)).body).toEqual(second.body);
    expect(await snapshot()).toMatchObject({ unknownPrices: 'refuse' });
    const cleared = await admin.call('PATCH', settings, { recordsDays: null });
    expect(cleared.body).toMatchObject({ recordsDays: null, sharedCosts });
  });

  it('412: are not changed under an ETag that is no longer theirs; changes are in the audit trail', async () => {
    const seen = (await admin.call('GET', settings)).headers.get('etag') ?? '';
    const change = (recordsDays: number) => admin.call('PATCH', settings, { recordsDays }, { 'if-match': seen });
    expect([(await change(70)).status, (await change(71)).status]).toEqual([200, 412]);
    const events = await admin.connections.database.prisma.auditEvent.findMany({ where: { organizationId: acme } });
    expect(events.at(-1)).toMatchObject({ action: 'settings.updated', after: { recordsDays: 70 } });
  });

  it.each([
    ['recordsDays', { recordsDays: 61 }],
    ['unknownPrices', { unknownPrices: 'free' }],
    ['sharedCosts.0', { sharedCosts: [{ name: 'x', splitBy: 'even' }] }],
    ['sharedCosts.0', { sharedCosts: [{ name: 'x', splitBy: 'even', amountUsd: '1', team: 'a' }] }],
    ['sharedCosts.0.shares', { sharedCosts: [{ name: 'x', splitBy: 'shares', amountUsd: '1' }] }],
    ['sharedCosts.0.shares', { sharedCosts: [{ name: 'x', splitBy: 'shares', amountUsd: '1', shares: { a: 0 } }] }],
    ['markups.0.percent', { markups: [{ name: 'x', team: '*', percent: '-101' }] }],
    ['surprise', { surprise: true }],
  ])('400: names the field that is wrong: %s', async (field, body) => {
    const answer = await admin.call('PATCH', settings, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });
});

describe('prices of a model', () => {
  it('may have service tiers, tools and prices that begin later, in order, and reach the data plane', async () => {
    const plain = { inputPerMillion: '1', outputPerMillion: '2' };
    const tiered = { ...plain, serviceTiers: { batch: plain }, perTool: { web_search: '0.01' } };
    await given(
      admin,
      ['/organizations/acme/provider-credentials', { slug: 'openai', provider: 'openai', secret: 'sk-x' }],
      ['/organizations/acme/models', { slug: 'gpt', provider: 'openai', credential: 'openai', model: 'gpt-5' }],
    );
    const priceSchedule = [
      { from: '2027-02-01T00:00:00Z', prices: plain },
      { from: '2027-01-01T00:00:00+01:00', prices: tiered },
    ];
    const answer = await admin.call('PATCH', '/organizations/acme/models/gpt', { priceSchedule });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.priceSchedule).toEqual(priceSchedule.reverse());
    const [model] = (await snapshot()).models;
    expect(model.priceSchedule).toMatchObject([
      { fromMs: Date.UTC(2026, 11, 31, 23), prices: { 'batch.input': '1000000000', 'tool.web_search': '10000000' } },
      { fromMs: Date.UTC(2027, 1, 1) },
    ]);
    const twice = [priceSchedule[0], priceSchedule[0]];
    const refused = await admin.call('PATCH', '/organizations/acme/models/gpt', { priceSchedule: twice });
    expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'priceSchedule']);
  });
});
