import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';
import { describeAdminApi } from '../describe.js';

const invalidations = '/organizations/acme/cache/invalidations';
let admin: AdminApp;
let acme: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
  await given(
    admin,
    ['/organizations/acme/provider-credentials', { slug: 'openai', provider: 'openai', secret: 'sk-x' }],
    ['/organizations/acme/models', { slug: 'gpt', provider: 'openai', credential: 'openai', model: 'gpt-4.1-mini' }],
    ['/organizations/acme/routes', { slug: 'fast', targets: [{ model: 'gpt' }] }],
  );
});
afterAll(() => admin?.stop());

const snapshot = async () => JSON.parse((await admin.connections.redis.get(keys.snapshot(acme))) ?? '{}');

describe('an invalidation', () => {
  it('201: names the version from which answers are kept again, for gateways and in the audit trail', async () => {
    const whole = await admin.call('POST', invalidations, { kind: 'organization' });
    expect([whole.status, whole.text]).toEqual([201, expect.any(String)]);
    const route = await admin.call('POST', invalidations, { kind: 'route', name: 'fast' });
    const tag = await admin.call('POST', invalidations, { kind: 'tag', name: 'app=shop' });
    expect([route.body.version, tag.body.version]).toEqual([whole.body.version + 1, whole.body.version + 2]);
    const { version, cacheInvalidations } = await snapshot();
    expect(version).toBe(tag.body.version);
    expect(cacheInvalidations).toEqual({
      organization: whole.body.version,
      routes: { fast: route.body.version },
      tags: { 'app=shop': tag.body.version },
    });
    const events = await admin.connections.database.prisma.auditEvent.findMany({ where: { organizationId: acme } });
    expect(events.at(-1)).toMatchObject({ action: 'cache-invalidation.created', after: { name: 'app=shop' } });
  });

  it('201: said again replaces what was said before', async () => {
    const first = await admin.call('POST', invalidations, { kind: 'tag', name: 'app=again' });
    const second = await admin.call('POST', invalidations, { kind: 'tag', name: 'app=again' });
    expect((await snapshot()).cacheInvalidations.tags['app=again']).toBe(second.body.version);
    const { data } = (await admin.call('GET', invalidations)).body;
    const ids = data.map(({ id }: { id: string }) => id);
    expect(ids).toContain(second.body.id);
    expect(ids).not.toContain(first.body.id);
  });

  it.each([
    ['name', { kind: 'route' }],
    ['name', { kind: 'organization', name: 'acme' }],
    ['name', { kind: 'tag', name: 'app' }],
    ['kind', { kind: 'everything' }],
    ['kind', {}],
  ])('400: names the field that is wrong: %s', async (field, body) => {
    const answer = await admin.call('POST', invalidations, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('404: of a route that is not there', async () => {
    expect((await admin.call('POST', invalidations, { kind: 'route', name: 'nowhere' })).status).toBe(404);
  });
});

describe('a route’s cache', () => {
  it('has a scope, a patience, a size, a temperature and a price, which the data plane gets', async () => {
    const cache = { ttlSeconds: 60, scope: 'team', waitMs: 0, maxBytes: 2048, temperatureMax: 0.5, pricePercent: 10 };
    const { status, body } = await admin.call('PATCH', '/organizations/acme/routes/fast', { cache });
    expect([status, body.cache]).toEqual([200, cache]);
    expect((await snapshot()).routes[0].cache).toEqual(cache);
  });

  it('docs/guides/caching.md has one that is taken, and says of every option what the API says', async () => {
    const page = readFileSync('docs/guides/caching.md', 'utf8');
    const json = /PATCH \S+\/routes\/fast\n(\{.*\})/.exec(page)?.[1] ?? '';
    const patched = await admin.call('PATCH', '/organizations/acme/routes/fast', JSON.parse(json));
    expect([patched.status, patched.body.cache]).toEqual([200, JSON.parse(json).cache]);
    const schemas = (await describeAdminApi()).components?.schemas ?? {};
    const { properties } = schemas['CacheBody'] as { properties: Record<string, { default?: unknown }> };
    const said = [...page.matchAll(/^\| `(\w+)` \| (?:`(\w+)`|\w+) \|/gm)].map(([, name, value]) => [name, value]);
    const coded = Object.entries(properties).map(([name, { default: value }]) => [
      name,
      value === undefined ? undefined : String(value),
    ]);
    expect(said).toEqual(coded);
  });

  it.each([
    ['cache.scope', { scope: 'world' }],
    ['cache.waitMs', { waitMs: -1 }],
    ['cache.temperatureMax', { temperatureMax: 3 }],
    ['cache.pricePercent', { pricePercent: 101 }],
  ])('400: %s', async (field, more) => {
    const cache = { ttlSeconds: 60, ...more };
    const answer = await admin.call('PATCH', '/organizations/acme/routes/fast', { cache });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });
});
