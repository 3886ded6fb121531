import { Get } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../test/admin/record-usage.js';
import { memberOf, type SignedIn } from '../../../../test/admin/sign-in.js';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';
import { requirePermissions } from './requires.js';

/*
 *   engineering ── search ── ranking        finance
 *        │            │         │              │
 *      (api)       (web)     (ranker)       (books)
 */
let admin: AdminApp;
/** Has the role team-admin for the team search. */
let lead: SignedIn;
const acme = '/organizations/acme';
const team = (slug: string, parent?: string) =>
  [`${acme}/teams`, { slug, name: slug, ...(parent && { parent }) }] as const;
const service = (slug: string, of: string) => [`${acme}/services`, { slug, name: slug, team: of }] as const;
const budget = (slug: string, scope: object) =>
  [`${acme}/budgets`, { slug, scope, amount: '10', period: 'month' }] as const;

beforeAll(async () => {
  admin = await startAdmin();
  await given(
    admin,
    ['/organizations', { slug: 'acme', name: 'Acme' }],
    ['/organizations', { slug: 'other', name: 'Other' }],
    team('engineering'),
    team('search', 'engineering'),
    team('ranking', 'search'),
    team('finance'),
    service('api', 'engineering'),
    service('web', 'search'),
    service('ranker', 'ranking'),
    service('books', 'finance'),
    budget('all', {}),
    budget('of-search', { team: 'search' }),
    budget('of-ranking', { team: 'ranking' }),
    budget('of-web', { service: 'web' }),
    budget('of-finance', { team: 'finance' }),
    budget('of-books', { service: 'books' }),
    [`${acme}/rate-limits`, { scope: { team: 'ranking' }, requestsPerMinute: 10 }],
    [`${acme}/rate-limits`, { scope: { team: 'finance' }, requestsPerMinute: 10 }],
  );
  lead = await memberOf(admin, 'acme', 'lead@acme.example', { role: 'team-admin', team: 'search' });
});
afterAll(() => admin.stop());

const slugs = async (path: string): Promise<string[]> =>
  (await lead.call('GET', acme + path)).body.data.map(({ slug }: { slug: string }) => slug);
const status = async (method: string, path: string, body?: object): Promise<number> =>
  (await lead.call(method, acme + path, body)).status;

describe('a role given for a team', () => {
  it('shows that team and those below, with what belongs to them', async () => {
    expect(await slugs('/teams')).toEqual(['search', 'ranking']);
    expect(await slugs('/services')).toEqual(['web', 'ranker']);
    expect(await slugs('/budgets')).toEqual(['of-search', 'of-ranking', 'of-web']);
    expect((await lead.call('GET', `${acme}/rate-limits`)).body.data).toMatchObject([{ scope: { team: 'ranking' } }]);
  });

  it('pages through what it shows, and nothing else', async () => {
    const first = (await lead.call('GET', `${acme}/services?limit=1`)).body;
    expect(first.data).toMatchObject([{ slug: 'web' }]);
    const second = (await lead.call('GET', `${acme}/services?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ data: [{ slug: 'ranker' }], nextCursor: null });
  });

  it('404: finds nothing of other teams, to read or to change', async () => {
    const found = (await admin.call('GET', `${acme}/services/books`)).body.id;
    for (const path of [
      '/teams/engineering',
      '/teams/finance',
      '/services/api',
      '/services/books',
      `/services/${found}`,
    ])
      for (const [method, body] of [['GET'], ['PATCH', { name: 'X' }], ['DELETE']] as const)
        expect([method, path, await status(method, path, body)]).toEqual([method, path, 404]);
    for (const path of ['/budgets/all', '/budgets/of-finance', '/budgets/of-books'])
      for (const [method, body] of [['GET'], ['PATCH', { amount: '99' }], ['DELETE']] as const)
        expect([method, path, await status(method, path, body)]).toEqual([method, path, 404]);
    for (const path of ['/services/books/keys', '/services/books/credentials']) {
      expect(await status('GET', path)).toBe(404);
      expect(await status('POST', path, path.endsWith('keys') ? { name: 'X' } : {})).toBe(404);
    }
  });

  it('changes services of the team and those below', async () => {
    expect(await status('POST', '/services', { slug: 'indexer', name: 'Indexer', team: 'ranking' })).toBe(201);
    expect(await status('PATCH', '/services/indexer', { team: 'search' })).toBe(200);
    expect(await status('POST', '/services/indexer/keys', { name: 'X' })).toBe(201);
    expect(await status('DELETE', '/services/indexer')).toBe(204);
  });

  it('404: puts nothing into other teams, and cannot tell them from what does not exist', async () => {
    for (const other of ['finance', 'engineering', 'nothing']) {
      const made = await lead.call('POST', `${acme}/services`, { slug: 'x', name: 'X', team: other });
      expect([made.status, made.body.errors[0].message]).toEqual([404, `names nothing that exists: "${other}"`]);
      expect(await status('PATCH', '/services/web', { team: other })).toBe(404);
      expect(await status('POST', '/teams', { slug: 'x', name: 'X', parent: other })).toBe(404);
      const [, body] = budget('x', { team: other });
      expect(await status('POST', '/budgets', body)).toBe(404);
    }
  });

  it('makes and unmakes teams below its own, and leaves its own and the top to others', async () => {
    expect(await status('POST', '/teams', { slug: 'query', name: 'Query', parent: 'search' })).toBe(201);
    expect(await status('PATCH', '/teams/query', { parent: 'ranking' })).toBe(200);
    expect(await status('PATCH', '/teams/query', { parent: null })).toBe(403);
    expect(await status('DELETE', '/teams/query')).toBe(204);
    expect(await status('POST', '/teams', { slug: 'top', name: 'Top' })).toBe(403);
    expect(await status('PATCH', '/teams/search', { costCenter: 'CC-OTHERS' })).toBe(403);
    expect(await status('DELETE', '/teams/search')).toBe(403);
  });

  it('sets limits for what is below its own team, and cannot raise what binds itself', async () => {
    for (const scope of [{ team: 'ranking' }, { service: 'web' }, { team: 'search', service: 'ranker' }]) {
      const [, body] = budget('mine', scope);
      expect([scope, await status('POST', '/budgets', body)]).toEqual([scope, 201]);
      expect(await status('PATCH', '/budgets/mine', { amount: '5' })).toBe(200);
      expect(await status('DELETE', '/budgets/mine')).toBe(204);
    }
    for (const scope of [{}, { team: 'search' }, { team: '*' }, { service: '*' }, { user: 'ada' }]) {
      const [, body] = budget('theirs', scope);
      expect([scope, await status('POST', '/budgets', body)]).toEqual([scope, 403]);
      expect(await status('POST', '/rate-limits', { scope, requestsPerMinute: 1 })).toBe(403);
    }
    expect(await status('PATCH', '/budgets/of-search', { amount: '1000000' })).toBe(403);
    expect(await status('DELETE', '/budgets/of-search')).toBe(403);
    const [own] = (await lead.call('GET', `${acme}/rate-limits`)).body.data;
    expect(await status('PATCH', `/rate-limits/${own.id}`, { scope: {} })).toBe(403);
    expect(await status('PATCH', `/rate-limits/${own.id}`, { requestsPerMinute: 20 })).toBe(200);
  });

  it('follows when a team moves', async () => {
    await given(admin, team('moving', 'search'));
    expect(await status('GET', '/teams/moving')).toBe(200);
    await admin.call('PATCH', `${acme}/teams/moving`, { parent: 'finance' });
    expect(await status('GET', '/teams/moving')).toBe(404);
  });
});

describe('a denied call', () => {
  it('403: says what it needs and who can have it, and is in the audit trail with who tried', async () => {
    const answer = await lead.call('POST', `${acme}/models`, {});
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      code: 'permission_denied',
      detail: 'This needs the permission models:write, which owner, admin can have.',
    });
    const [event] = (await admin.call('GET', `${acme}/audit-events?limit=1`)).body.data;
    expect(event).toMatchObject({
      action: 'permission.denied',
      actor: { kind: 'member', name: 'lead@acme.example' },
      resource: { id: 'POST /api/v1/organizations/:organization/models', slug: 'models:write' },
    });
  });
});

describe('another organization', () => {
  it('404: is not found and not listed, whether it exists or not', async () => {
    for (const organization of ['other', 'nothing']) {
      const answer = await lead.call('GET', `/organizations/${organization}`);
      expect([answer.status, answer.body.detail]).toEqual([404, `There is no "${organization}" here.`]);
    }
    const listed = (await lead.call('GET', '/organizations')).body.data;
    expect(listed.map(({ slug }: { slug: string }) => slug)).toEqual(['acme']);
  });
});

describe('usage and the log of calls', () => {
  it('show a role given for a team its teams only, whatever is asked for', async () => {
    const organizationId = (await admin.call('GET', acme)).body.id;
    const [own, theirs] = [
      usageEvent({ organizationId, team: 'ranking' }),
      usageEvent({ organizationId, team: 'finance' }),
    ];
    await recordUsage(admin.connections.database.pool, [own, theirs]);
    const teamsIn = (body: { data: { team: string }[] }) => body.data.map((row) => row.team);
    expect(teamsIn((await lead.call('GET', `${acme}/requests`)).body)).toEqual(['ranking']);
    expect(teamsIn((await lead.call('GET', `${acme}/requests?team=finance`)).body)).toEqual([]);
    expect(await status('GET', `/requests/${own.callId}`)).toBe(200);
    expect(await status('GET', `/requests/${theirs.callId}`)).toBe(404);
    expect(teamsIn((await lead.call('GET', `${acme}/usage?groupBy=team`)).body)).toEqual(['ranking']);
    expect((await lead.call('GET', `${acme}/usage`)).body.data).toMatchObject([{ requests: 1 }]);
    expect((await admin.call('GET', `${acme}/usage`)).body.data).toMatchObject([{ requests: 2 }]);
  });
});

describe('an operation that forgets to ask how far its caller may reach', () => {
  it('stops the start', () => {
    class Forgetful {
      list(): void {}
    }
    Get()(Forgetful.prototype, 'list', Object.getOwnPropertyDescriptor(Forgetful.prototype, 'list')!);
    expect(() => requirePermissions(Forgetful, 'services')).toThrow(/Forgetful.list has to ask/);
    expect(() => requirePermissions(Forgetful, 'nonsense')).toThrow(/does not know nonsense:read/);
  });
});
