import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const models = '/organizations/acme/models';
const GOOD = { slug: 'x', provider: 'openai', credential: 'openai', model: 'gpt-5' };

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    ['/organizations/acme/provider-credentials', { slug: 'openai', provider: 'openai', secret: 's' }],
    ['/organizations/acme/provider-credentials', { slug: 'anthropic', provider: 'anthropic', secret: 's' }],
    ['/organizations/other/provider-credentials', { slug: 'openai', provider: 'openai', secret: 's' }],
    ['/organizations/other/models', { ...GOOD, slug: 'theirs' }],
  );
});
afterAll(() => admin.stop());

describe('models', () => {
  it('201: are created with prices, limits and capabilities, to the last digit', async () => {
    const body = {
      slug: 'priced',
      provider: 'openai',
      credential: 'openai',
      model: 'ft:gpt-5:acme/v1~x=1',
      region: 'eu',
      prices: { inputPerMillion: '2.50', outputPerMillion: '10.000000001', perRequest: '0.01' },
      limits: { contextTokens: 200_000, maxOutputTokens: 8_000 },
      capabilities: { vision: true, tools: false },
    };
    const made = await admin.call('POST', models, body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(body);
    const unknown = { state: 'unknown', until: null, gateways: 0, firstTokenMs: null };
    expect((await admin.call('GET', `${models}/priced`)).body).toEqual({ ...made.body, health: unknown });
  });

  it('200: go back to the prices of the catalogue by null', async () => {
    await given(admin, [models, { ...GOOD, slug: 'back', prices: { inputPerMillion: '1', outputPerMillion: '2' } }]);
    expect((await admin.call('PATCH', `${models}/back`, { prices: null })).body.prices).toBeNull();
    expect((await admin.call('PATCH', `${models}/back`, { model: 'gpt-5-mini' })).body).toMatchObject({
      model: 'gpt-5-mini',
      prices: null,
    });
  });

  it('200: tell the worst that gateways have seen lately, and nothing of gateways that are gone', async () => {
    await given(admin, [models, { ...GOOD, slug: 'seen' }]);
    const { body } = await admin.call('GET', `${models}/seen`);
    const { body: acme } = await admin.call('GET', '/organizations/acme');
    const untilMs = Date.now() + 60_000;
    const report = (state: string, ageMs: number, firstTokenMs: number) => ({
      atMs: Date.now() - ageMs,
      models: [{ id: body.id, state, untilMs: state === 'open' ? untilMs : null, firstTokenMs }],
    });
    const { redis } = admin.connections;
    const reports = {
      a: report('closed', 0, 100),
      b: report('open', 1_000, 301),
      gone: report('half-open', 60_000, 9),
    };
    for (const [name, value] of Object.entries(reports))
      await redis.hset(keys.modelHealthReports(acme.id), name, JSON.stringify(value));
    const health = { state: 'open', until: new Date(untilMs).toISOString(), gateways: 2, firstTokenMs: 201 };
    expect((await admin.call('GET', `${models}/seen`)).body.health).toEqual(health);
    const { data } = (await admin.call('GET', models)).body;
    expect(data.find(({ slug }: { slug: string }) => slug === 'seen').health).toEqual(health);
  });

  const price = (inputPerMillion: unknown) => ({ ...GOOD, prices: { inputPerMillion, outputPerMillion: '1' } });
  it.each([
    ['a credential of another provider', { ...GOOD, credential: 'anthropic' }, 'credential'],
    ['a price that is a number', price(2.5), 'prices.inputPerMillion'],
    ['a negative price', price('-1'), 'prices.inputPerMillion'],
    ['a price in scientific notation', price('1e3'), 'prices.inputPerMillion'],
    ['a price with ten decimals', price('0.0000000001'), 'prices.inputPerMillion'],
    ['half of the prices', { ...GOOD, prices: { inputPerMillion: '1' } }, 'prices.outputPerMillion'],
    [
      'an unknown price',
      { ...GOOD, prices: { inputPerMillion: '1', outputPerMillion: '1', perCall: '1' } },
      'prices.perCall',
    ],
    ['a limit of zero', { ...GOOD, limits: { contextTokens: 0 } }, 'limits.contextTokens'],
    ['a capability that is no boolean', { ...GOOD, capabilities: { vision: 'yes' } }, 'capabilities.vision'],
    ['prices that are a list', { ...GOOD, prices: [] }, 'prices'],
    ['a model name that would leave its path', { ...GOOD, model: '../admin' }, 'model'],
    ['a model name with a query', { ...GOOD, model: 'gpt?alt=sse' }, 'model'],
    ['a model name with an escape', { ...GOOD, model: 'a%2Fb' }, 'model'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', models, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it("404: another organization's model cannot be reached", async () => {
    const { body: theirs } = await admin.call('GET', '/organizations/other/models/theirs');
    expect((await admin.call('GET', `${models}/${theirs.id}`)).status).toBe(404);
    expect((await admin.call('PATCH', `${models}/${theirs.id}`, { region: 'us' })).status).toBe(404);
    expect((await admin.call('DELETE', `${models}/${theirs.id}`)).status).toBe(404);
  });

  it('409: are not deleted while a route names them, in targets, rules or as shadow', async () => {
    for (const slug of ['in-targets', 'in-rules', 'in-shadow', 'elsewhere'])
      await given(admin, [models, { ...GOOD, slug }]);
    const routes = '/organizations/acme/routes';
    const elsewhere = [{ model: 'elsewhere' }];
    await given(
      admin,
      [routes, { slug: 'one', targets: [...elsewhere, { model: 'in-targets' }] }],
      [routes, { slug: 'two', targets: elsewhere, rules: [{ when: {}, targets: [{ model: 'in-rules' }] }] }],
      [routes, { slug: 'three', targets: elsewhere, shadow: { model: 'in-shadow', share: 0.05 } }],
    );
    for (const [model, route] of [
      ['in-targets', 'one'],
      ['in-rules', 'two'],
      ['in-shadow', 'three'],
    ]) {
      const answer = await admin.call('DELETE', `${models}/${model}`);
      expect([answer.status, answer.body.errors]).toEqual([409, [{ field: 'route', message: route }]]);
    }
  });
});
