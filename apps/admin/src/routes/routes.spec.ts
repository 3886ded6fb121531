import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;
const routes = '/organizations/acme/routes';
const model = (slug: string) => ({ slug, provider: 'openai', credential: 'openai', model: 'gpt-5' });

beforeAll(async () => {
  admin = await startAdmin();
  for (const organization of ['acme', 'other'])
    await given(
      admin,
      ['/organizations', { slug: organization, name: organization }],
      [`/organizations/${organization}/provider-credentials`, { slug: 'openai', provider: 'openai', secret: 's' }],
    );
  await given(
    admin,
    ['/organizations/acme/models', model('a')],
    ['/organizations/acme/models', model('b')],
    ['/organizations/other/models', model('theirs')],
    ['/organizations/other/routes', { slug: 'theirs', targets: [{ model: 'theirs' }] }],
  );
});
afterAll(() => admin.stop());

describe('routes', () => {
  it('201: fill in weight and priority from the place in the list', async () => {
    const { body: b } = await admin.call('GET', '/organizations/acme/models/b');
    const made = await admin.call('POST', routes, {
      slug: 'chat',
      targets: [{ model: 'a' }, { model: b.id, weight: 3 }],
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      slug: 'chat',
      strategy: 'priority',
      targets: [
        { model: 'a', weight: 1, priority: 0 },
        { model: 'b', weight: 3, priority: 1 },
      ],
      rules: [],
      retry: {},
      timeoutMs: null,
      timeouts: {},
      midStream: 'error',
      hedge: null,
      onBudget: 'refuse',
      strict: false,
      cache: null,
      residency: [],
      stickiness: null,
      shadow: null,
    });
    expect((await admin.call('GET', `${routes}/${made.body.id}`)).body).toEqual(made.body);
  });

  it('200: keep rules, retry, cache and residency as given, and change only what is named', async () => {
    const policy = {
      strategy: 'weighted',
      rules: [
        {
          when: {
            model: 'rich',
            team: ['x', 'y*'],
            service: 's',
            agent: 'a*',
            user: 'u',
            surface: 'openai-chat',
            tags: { task: 'summarize' },
            estimatedInputTokens: { min: 1, max: 8_000 },
            hasImages: false,
            hasTools: true,
            hasJsonSchema: false,
            hasReasoning: true,
            time: { from: '22:00', to: '06:00', timezone: 'Europe/Berlin', days: ['fri', 'sat'] },
          },
          targets: [{ model: 'b', weight: 1, priority: 0 }],
        },
      ],
      retry: { attempts: 3 },
      timeoutMs: 30_000,
      timeouts: { connectMs: 500, firstTokenMs: 3_000, silenceMs: 5_000 },
      midStream: 'resume',
      hedge: { afterMs: 800 },
      onBudget: 'clamp',
      strict: true,
      stickiness: 'session',
      shadow: { model: 'b', share: 0.05 },
      cache: { ttlSeconds: 60 },
      residency: ['eu'],
    };
    await given(admin, [routes, { slug: 'rich', targets: [{ model: 'a' }], ...policy }]);
    expect((await admin.call('GET', `${routes}/rich`)).body).toMatchObject(policy);
    const changed = await admin.call('PATCH', `${routes}/rich`, { cache: null, targets: [{ model: 'b' }] });
    expect(changed.body).toMatchObject({ ...policy, cache: null, targets: [{ model: 'b', weight: 1, priority: 0 }] });
  });

  const targets = [{ model: 'a' }];
  it.each([
    ['no targets', { slug: 'x', targets: [] }, 'targets'],
    ['51 targets', { slug: 'x', targets: Array(51).fill({ model: 'a' }) }, 'targets'],
    ['a negative weight', { slug: 'x', targets: [{ model: 'a', weight: -1 }] }, 'targets.0.weight'],
    ['a target that is no object', { slug: 'x', targets: ['a'] }, 'targets.0'],
    ['an unknown strategy', { slug: 'x', targets, strategy: 'random' }, 'strategy'],
    ['an unknown condition', { slug: 'x', targets, rules: [{ when: { moon: 'full' }, targets }] }, 'rules.0.when'],
    ['a condition of another type', { slug: 'x', targets, rules: [{ when: { team: 7 }, targets }] }, 'rules.0.when'],
    ['eleven attempts', { slug: 'x', targets, retry: { attempts: 11 } }, 'retry.attempts'],
    ['a timeout of 0', { slug: 'x', targets, timeoutMs: 0 }, 'timeoutMs'],
    ['a connect timeout of an hour', { slug: 'x', targets, timeouts: { connectMs: 3_600_000 } }, 'timeouts.connectMs'],
    ['an unknown timeout', { slug: 'x', targets, timeouts: { readMs: 5 } }, 'timeouts.readMs'],
    ['an unknown way to go on', { slug: 'x', targets, midStream: 'retry' }, 'midStream'],
    ['an unknown answer to a budget', { slug: 'x', targets, onBudget: 'beg' }, 'onBudget'],
    ['strictness in words', { slug: 'x', targets, strict: 'yes' }, 'strict'],
    ['a hedge after 0 ms', { slug: 'x', targets, hedge: { afterMs: 0 } }, 'hedge.afterMs'],
    ['a shadow of more than all calls', { slug: 'x', targets, shadow: { model: 'a', share: 1.5 } }, 'shadow.share'],
    [
      'a timezone that does not exist',
      { slug: 'x', targets, rules: [{ when: { time: { from: '1:00', to: '02:00', timezone: 'UTC' } }, targets }] },
      'rules.0.when',
    ],
    ['a cache without a time to live', { slug: 'x', targets, cache: {} }, 'cache.ttlSeconds'],
  ])('400: refuse %s and name the field', async (_, body, field) => {
    const answer = await admin.call('POST', routes, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it("404: another organization's route cannot be reached", async () => {
    const { body: theirs } = await admin.call('GET', '/organizations/other/routes/theirs');
    for (const method of ['GET', 'DELETE'])
      expect((await admin.call(method, `${routes}/${theirs.id}`)).status).toBe(404);
    expect((await admin.call('PATCH', `${routes}/${theirs.id}`, { timeoutMs: 5 })).status).toBe(404);
  });
});
