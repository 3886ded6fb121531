import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_TOKENS } from '#libs/core';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../../test/admin/record-usage.js';
import { type AdminApp, given, startAdmin } from '../../../../../test/admin/start-admin.js';

let admin: AdminApp;
let organizationId: string;
const routes = '/organizations/acme/routes';
const model = (slug: string, inputPerMillion: string, more: object = {}) => ({
  slug,
  provider: 'openai',
  credential: 'openai',
  model: 'gpt-5',
  prices: { inputPerMillion, outputPerMillion: inputPerMillion },
  limits: { maxOutputTokens: 100 },
  ...more,
});

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'acme' }],
    ['/organizations/acme/provider-credentials', { slug: 'openai', provider: 'openai', secret: 's' }],
    ['/organizations/acme/teams', { slug: 'engineering', name: 'e' }],
    ['/organizations/acme/teams', { slug: 'search', name: 's', parent: 'engineering' }],
    ['/organizations/acme/services', { slug: 'indexer', name: 'i', team: 'search', allowedModels: ['chat'] }],
    ['/organizations/acme/models', model('dear', '10')],
    ['/organizations/acme/models', model('cheap', '1', { capabilities: { vision: false } })],
    ['/organizations/acme/models', model('small', '1', { limits: { contextTokens: 10 } })],
    ['/organizations/acme/models', model('european', '2', { region: 'eu' })],
    [
      routes,
      {
        slug: 'chat',
        targets: [{ model: 'dear' }, { model: 'cheap' }, { model: 'small' }],
        rules: [{ when: { tags: { task: 'summarize' } }, targets: [{ model: 'cheap' }] }],
      },
    ],
    [routes, { slug: 'hidden', targets: [{ model: 'dear' }] }],
  );
  organizationId = (await admin.call('GET', '/organizations/acme')).body.id;
});
afterAll(() => admin.stop());

const request = {
  messages: [{ role: 'user', content: 'a question of a few words, more than ten tokens long, surely' }],
};
const slugs = (list: readonly { model: string }[]): readonly string[] => list.map((each) => each.model);
const explain = (body: object, route = 'chat') => admin.call('POST', `${routes}/${route}/explain`, body);

describe('explain', () => {
  it('200: the candidates in their order, what they would cost, and why the others fell', async () => {
    const { status, body } = await explain({ service: 'indexer', request: { ...request, max_tokens: 50 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ rule: null, strategy: 'priority', refusal: null });
    expect(slugs(body.candidates)).toEqual(['dear', 'cheap']);
    expect(body.fallen).toEqual([{ model: 'small', why: 'context-window' }]);
    const tokens = body.estimatedInputTokens + 50;
    expect(body.candidates.map((each: { estimatedCostUsd: string }) => Number(each.estimatedCostUsd))).toEqual([
      (tokens * 10) / 1e6,
      tokens / 1e6,
    ]);
    expect(body.candidates[0].health).toMatchObject({ state: 'unknown' });
  });

  it('200: the rule that decides', async () => {
    const { body } = await explain({ team: 'search', tags: { task: 'summarize' }, request });
    expect([body.rule, slugs(body.candidates)]).toEqual([0, ['cheap']]);
  });

  it('200: a route as it would be, which is not changed by it', async () => {
    const change = {
      strategy: 'cost',
      rules: [
        {
          when: { team: 'engineering', time: { from: '09:00', to: '17:00', timezone: 'UTC' } },
          targets: [{ model: 'european' }],
        },
      ],
      residency: ['eu'],
    };
    const day = await explain({ service: 'indexer', request, route: change, at: '2026-11-24T12:00:00Z' });
    expect([day.body.rule, slugs(day.body.candidates)]).toEqual([0, ['european']]);
    const night = await explain({ service: 'indexer', request, route: change, at: '2026-11-24T20:00:00Z' });
    expect(night.body).toMatchObject({
      rule: null,
      candidates: [],
      refusal: { status: 403, code: 'residency_violation' },
    });
    expect((await admin.call('GET', `${routes}/chat`)).body).toMatchObject({ strategy: 'priority', residency: [] });
  });

  it('200: a request of another surface, with what it needs of a model', async () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
    const messages = [{ role: 'user', content: [image] }];
    const { body } = await explain({
      team: 'search',
      surface: 'anthropic-messages',
      request: { max_tokens: 5, messages },
    });
    expect(slugs(body.candidates)).toEqual(['dear']);
    expect(body.fallen).toContainEqual({ model: 'cheap', why: 'vision' });
  });

  it('200: what a model of a strict route would not be told', async () => {
    const { body } = await explain({
      team: 'search',
      surface: 'anthropic-messages',
      request: { max_tokens: 5, messages: [{ role: 'user', content: 'x' }], top_k: 3 },
      route: { strict: true, targets: [{ model: 'dear' }] },
    });
    expect(body.fallen).toEqual([{ model: 'dear', why: 'parameters', params: ['top_k'] }]);
    expect(body.refusal).toEqual({
      status: 400,
      code: 'invalid_request',
      message: "No model of 'chat' can be told 'top_k' (policy: strict).",
    });
  });

  it('200: that the service may not use the route', async () => {
    const { body } = await explain({ service: 'indexer', request }, 'hidden');
    expect(body.refusal).toMatchObject({ status: 403, code: 'model_not_allowed' });
  });

  it.each([
    ['no caller', { request }, 'service'],
    ['two callers', { request, service: 'indexer', team: 'search' }, 'service'],
    [
      'a request that is none',
      { team: 'search', request: { messages: [{ role: 'user', content: 5 }] } },
      'request.messages.0.content',
    ],
    ['an unknown surface', { team: 'search', request, surface: 'smtp' }, 'surface'],
    ['an unknown field of the change', { team: 'search', request, route: { colour: 'red' } }, 'route.colour'],
  ])('400: %s', async (_, body, field) => {
    const answer = await explain(body);
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it.each([
    ['a service', { request, service: 'nobody' }, 'service'],
    ['a team', { request, team: 'nobody' }, 'team'],
    ['a model of the change', { team: 'search', request, route: { targets: [{ model: 'no' }] } }, 'targets.0.model'],
  ])('404: %s that does not exist', async (_, body, field) => {
    const answer = await explain(body);
    expect([answer.status, answer.body.errors[0].field]).toEqual([404, field]);
  });

  it('404: a route that does not exist', async () => {
    expect((await explain({ team: 'search', request }, 'nothing')).status).toBe(404);
  });
});

describe('simulate', () => {
  const from = '2026-11-01T00:00:00Z';
  const to = '2026-11-02T00:00:00Z';
  const simulate = (route: object) => admin.call('POST', `${routes}/chat/simulate`, { route, from, to });
  const call = (more: object) =>
    usageEvent({
      organizationId,
      atMs: Date.parse('2026-11-01T10:00:00Z'),
      route: 'chat',
      team: 'search',
      service: 'indexer',
      model: 'dear',
      tokens: { ...NO_TOKENS, input: 1_001, output: 2 },
      costNanoUsd: '10030000',
      ...more,
    });

  beforeAll(async () => {
    await recordUsage(admin.connections.database.pool, [
      ...Array.from({ length: 7 }, () => call({})),
      // Too long for the small one, and with a task.
      call({
        tags: { task: 'translate' },
        tokens: { ...NO_TOKENS, input: 5, cacheRead: 3, output: 1 },
        costNanoUsd: '90000',
      }),
      call({ cache: 'hit', costNanoUsd: '0', tokens: NO_TOKENS }),
      call({ model: null, status: 429, costNanoUsd: '0', tokens: NO_TOKENS }),
      call({ surface: 'shadow' }),
      call({ route: 'other' }),
      call({ atMs: Date.parse('2026-11-02T00:00:00Z') }),
    ]);
  });

  it('200: calls moved, and their cost before and after to the last digit', async () => {
    const { status, body } = await simulate({ strategy: 'cost' });
    expect(status).toBe(200);
    expect(body).toEqual({
      calls: 10,
      moved: 8,
      withoutCandidate: 0,
      unpriced: 0,
      costBeforeUsd: '0.0703',
      costAfterUsd: '0.00703',
      models: [
        { model: null, callsBefore: 1, callsAfter: 1, costBeforeUsd: '0.00', costAfterUsd: '0.00' },
        { model: 'cheap', callsBefore: 0, callsAfter: 8, costBeforeUsd: '0.00', costAfterUsd: '0.00703' },
        { model: 'dear', callsBefore: 9, callsAfter: 1, costBeforeUsd: '0.0703', costAfterUsd: '0.00' },
      ],
      from: new Date(from).toISOString(),
    });
  });

  it('200: the same route moves nothing, and a smaller one leaves calls without a candidate', async () => {
    expect((await simulate({})).body).toMatchObject({
      calls: 10,
      moved: 0,
      costBeforeUsd: '0.0703',
      costAfterUsd: '0.0703',
    });
    const { body } = await simulate({ targets: [{ model: 'small' }] });
    expect(body).toMatchObject({ moved: 1, withoutCandidate: 7, costAfterUsd: '0.000009' });
  });

  it('200: what is drawn by lot comes out the same each time', async () => {
    const route = { strategy: 'weighted', targets: [{ model: 'cheap' }, { model: 'dear' }] };
    const first = await simulate(route);
    expect(first.body.moved).toBeGreaterThan(0);
    expect((await simulate(route)).body).toEqual(first.body);
  });

  it('400: refuse a time that ends before it begins', async () => {
    const { status, body } = await admin.call('POST', `${routes}/chat/simulate`, { route: {}, from: to, to: from });
    expect([status, body.errors[0].field]).toEqual([400, 'from']);
  });
});
