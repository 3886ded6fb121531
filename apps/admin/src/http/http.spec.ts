import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';

let admin: AdminApp;

beforeAll(async () => {
  admin = await startAdmin();
  await given(admin, ['/organizations', { slug: 'acme', name: 'Acme' }]);
});
afterAll(() => admin.stop());

const teams = '/organizations/acme/teams';

describe('every error', () => {
  it('401: is a problem with a challenge when there is no token, for known paths and methods', async () => {
    for (const [method, path] of [
      ['GET', '/organizations'],
      ['POST', teams],
      ['DELETE', '/organizations/acme'],
      ['POST', '/organizations/acme/provider-credentials/x/test'],
    ] as const) {
      const answer = await admin.call(method, path, undefined, { authorization: '' });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(answer.body).toMatchObject({
        type: 'urn:tollgate:error:invalid_token',
        code: 'invalid_token',
        status: 401,
      });
    }
  });

  it('404: is a problem for an unknown path', async () => {
    const answer = await admin.call('GET', '//api/v1/nothing?secret=1');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: 'not_found', title: 'Not found', instance: '/api/v1/nothing' });
  });

  it('400: is a problem for malformed JSON, a body that is no object and a poisoned prototype', async () => {
    for (const body of ['{"slug":', '[]', '"text"', '7', 'null', '{"__proto__":{"x":1}}', '']) {
      const answer = await admin.call('POST', teams, body);
      expect([body, answer.status, answer.body.code]).toEqual([body, 400, 'invalid_request']);
    }
  });

  it('400: is a problem for text that cannot be stored, wherever it stands', async () => {
    for (const name of ['a\0b', 'a\ud800b']) {
      expect((await admin.call('POST', teams, JSON.stringify({ slug: 'x', name }))).status).toBe(400);
    }
    expect((await admin.call('GET', `${teams}/%00`)).status).toBe(404);
    expect((await admin.call('GET', '/organizations/%00/teams')).status).toBe(404);
    expect((await admin.call('POST', '/organizations/%00/teams', { slug: 'x', name: 'X' })).status).toBe(404);
    expect((await admin.call('GET', '/organizations/%zz')).status).toBe(400);
  });

  it('413 and 415: is a problem for a body over 1 MB and one that is not JSON', async () => {
    const large = await admin.call('POST', teams, { slug: 'x', name: 'x'.repeat(1_100_000) });
    expect([large.status, large.body.code]).toEqual([413, 'request_too_large']);
    const form = await admin.call('POST', teams, 'slug=x', { 'content-type': 'text/csv' });
    expect([form.status, form.body.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('400: is a problem for a page size or cursor that is none', async () => {
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=x',
      'limit=1.5',
      'cursor=x',
      'cursor=%00',
      'page=2',
      'limit=1&limit=2',
    ])
      expect([query, (await admin.call('GET', `${teams}?${query}`)).status]).toEqual([query, 400]);
  });
});

describe('every answer', () => {
  it('carries its request id, the given one when it is harmless, and headers that keep browsers strict', async () => {
    const given = await admin.call('GET', teams, undefined, { 'x-request-id': 'req-1' });
    expect(given.headers.get('x-request-id')).toBe('req-1');
    const replaced = await admin.call('GET', '//nothing', undefined, { 'x-request-id': 'a b' });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(replaced.headers.get('x-content-type-options')).toBe('nosniff');
    expect(replaced.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(given.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a write with an Idempotency-Key', () => {
  const once = (key: string) => ({ 'idempotency-key': key });

  it('is carried out once, and its first answer is given again, secret included', async () => {
    await given(admin, [teams, { slug: 'search', name: 'Search' }]);
    const body = { slug: 'shop', name: 'Shop', team: 'search' };
    const first = await admin.call('POST', '/organizations/acme/services', body, once('make-shop'));
    const again = await admin.call('POST', '/organizations/acme/services', body, once('make-shop'));
    expect(first.status).toBe(201);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    const kept = await admin.connections.database.prisma.idempotencyKey.findMany();
    expect(JSON.stringify(kept)).not.toContain(first.body.clientSecret);
  });

  it('409: is refused for another request', async () => {
    await admin.call('POST', teams, { slug: 'first', name: 'First' }, once('same-key'));
    for (const [method, path, body] of [
      ['POST', teams, { slug: 'second', name: 'Second' }],
      ['DELETE', `${teams}/first`, undefined],
    ] as const)
      expect((await admin.call(method, path, body, once('same-key'))).status).toBe(409);
    expect((await admin.call('GET', `${teams}/second`)).status).toBe(404);
  });

  it('is carried out once by 20 requests at once; the others are told to wait or given the answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.call('POST', teams, { slug: 'many', name: 'Many' }, once('many'))),
    );
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  });

  it('may be sent again after it was refused', async () => {
    const body = { slug: 'late', name: 'Late', parent: 'coming' };
    expect((await admin.call('POST', teams, body, once('late'))).status).toBe(404);
    await given(admin, [teams, { slug: 'coming', name: 'Coming' }]);
    expect((await admin.call('POST', teams, body, once('late'))).status).toBe(201);
  });

  it('answers a repeated deletion as the first one', async () => {
    await given(admin, [teams, { slug: 'going', name: 'Going' }]);
    expect((await admin.call('DELETE', `${teams}/going`, undefined, once('del'))).status).toBe(204);
    expect((await admin.call('DELETE', `${teams}/going`, undefined, once('del'))).status).toBe(204);
    expect((await admin.call('DELETE', `${teams}/going`)).status).toBe(404);
  });

  it('400: is refused when the key is over 255 characters', async () => {
    const answer = await admin.call('POST', teams, { slug: 'k', name: 'K' }, once('k'.repeat(256)));
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe('Idempotency-Key');
  });

  it('is forgotten after 24 hours', async () => {
    const body = { slug: 'daily', name: 'Daily' };
    expect((await admin.call('POST', teams, body, once('daily'))).status).toBe(201);
    const aged = { createdAt: new Date(Date.now() - 25 * 3_600_000) };
    await admin.connections.database.prisma.idempotencyKey.updateMany({ where: { key: 'daily' }, data: aged });
    expect((await admin.call('POST', teams, body, once('daily'))).status).toBe(409);
  });
});

describe('the documentation', () => {
  it('is an OpenAPI 3.1 document that names every operation, its limits and its problems', async () => {
    const { body } = await admin.call('GET', '//api/openapi.json', undefined, { authorization: '' });
    expect(body.openapi).toBe('3.1.0');
    const create = body.paths['/api/v1/organizations/{organization}/teams'].post;
    expect(Object.keys(create.responses)).toEqual(expect.arrayContaining(['201', '400', '401', '404', '409']));
    expect(create.security).toEqual([{ bearer: ['teams:write'] }]);
    expect(body.components.schemas.CreateTeam.properties.slug).toMatchObject({ type: 'string', maxLength: 63 });
    expect(body.components.schemas.CreateTeam.properties.costCenter.type).toEqual(['string', 'null']);
    expect(body.components.schemas.UpdateTeam.properties.slug).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain('"nullable"');
  });

  it('is a page for people that loads nothing from elsewhere', async () => {
    const page = await admin.call('GET', '//api/docs', undefined, { authorization: '' });
    expect(page.status).toBe(200);
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source).not.toMatch(/^(https?:)?\/\//);
      const url = new URL(source ?? '', `${admin.url}/api/docs`);
      expect((await fetch(url)).status).toBe(200);
    }
  });
});

describe('health and metrics', () => {
  it('are open to anyone and name each component', async () => {
    const anyone = { authorization: '' };
    expect((await admin.call('GET', '//health/live', undefined, anyone)).status).toBe(200);
    const ready = await admin.call('GET', '//health/ready', undefined, anyone);
    expect(ready.status).toBe(200);
    expect(ready.body.components).toEqual({
      postgres: { status: 'ok' },
      redis: { status: 'ok' },
      migrations: { status: 'ok' },
    });
    const metrics = await admin.call('GET', '//metrics', undefined, anyone);
    expect(metrics.text).toContain('tollgate_admin_request_duration_seconds_count');
    expect(metrics.text).toContain('route="/api/v1/organizations/:organization/teams"');
  });

  it('503: say that Redis is missing while changes go on', async () => {
    await using broken = await startAdmin();
    broken.connections.redis.disconnect();
    const ready = await broken.call('GET', '//health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.components).toMatchObject({ postgres: { status: 'ok' }, redis: { status: 'unavailable' } });
    await given(broken, ['/organizations', { slug: 'acme', name: 'Acme' }]);
  });

  it('503: is the answer to everything that needs Postgres while it is away, and names nothing internal', async () => {
    await using broken = await startAdmin();
    await broken.database.stop();
    const ready = await broken.call('GET', '//health/ready');
    expect(ready.body.components).toMatchObject({ postgres: { status: 'unavailable' }, redis: { status: 'ok' } });
    const answer = await broken.call('POST', '/organizations', { slug: 'acme', name: 'Acme' });
    expect([answer.status, answer.body.code]).toEqual([503, 'overloaded']);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answer.text).not.toMatch(/prisma|P\d{4}|test_/i);
  });

  it('503: name a migration that is not applied', async () => {
    await using behind = await startAdmin();
    await behind.connections.database.pool.query('UPDATE _prisma_migrations SET finished_at = NULL');
    const ready = await behind.call('GET', '//health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.components.migrations.message).toMatch(/^not applied: \d+/);
  });
});
