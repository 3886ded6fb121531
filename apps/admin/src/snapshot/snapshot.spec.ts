import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseUsd } from '#libs/core';
import { keys } from '#libs/redis';
import { DELETED, type OrganizationSnapshot } from '#libs/snapshot';
import { testRedis } from '#libs/testing';
import { type AdminApp, given, startAdmin } from '../../../../test/admin/start-admin.js';
import { storeSnapshot } from './store.js';

let admin: AdminApp;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.stop());

async function snapshotOf(app: AdminApp, organizationId: string): Promise<OrganizationSnapshot | null> {
  const text = await app.connections.redis.get(keys.snapshot(organizationId));
  return text === null ? null : JSON.parse(text);
}

async function announced(app: AdminApp, organizationId: string): Promise<number> {
  return Number(await app.connections.redis.hget(keys.snapshotVersions, organizationId));
}

/** An organization of its own, and its id. */
async function newOrganization(app: AdminApp, slug: string): Promise<string> {
  const { body } = await app.call('POST', '/organizations', { slug, name: slug });
  return body.id;
}

const until = <T>(check: () => Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 50 });

describe('the snapshot of an organization', () => {
  it('is there when the answer to its creation is', async () => {
    const id = await newOrganization(admin, 'at-once');
    expect(await snapshotOf(admin, id)).toMatchObject({ format: 1, organization: 'at-once', version: 1, services: [] });
    expect(await announced(admin, id)).toBe(1);
  });

  it('has the next version after every change, and is announced to whoever listens', async () => {
    const id = await newOrganization(admin, 'versions');
    await using listener = await subscribe(admin.redis.url);
    const message = once(listener.redis, 'message');
    await given(admin, ['/organizations/versions/teams', { slug: 'search', name: 'Search' }]);
    expect(JSON.parse((await message)[1])).toEqual({ organizationId: id, version: 2 });
    expect(await snapshotOf(admin, id)).toMatchObject({ version: 2, teams: [{ slug: 'search', path: ['search'] }] });
    await admin.call('DELETE', '/organizations/versions/teams/search');
    expect(await snapshotOf(admin, id)).toMatchObject({ version: 3, teams: [] });
  });

  it('does not change with a refused change', async () => {
    const id = await newOrganization(admin, 'refused');
    await admin.call('POST', '/organizations/refused/teams', { slug: 'x', name: 'X', parent: 'nobody' });
    await admin.call('POST', '/organizations/refused/services', { slug: 'x', name: 'X', team: 'nobody' });
    expect(await announced(admin, id)).toBe(1);
  });

  it('has all that the data plane needs, by slug, with prices resolved and secrets sealed', async () => {
    const id = await newOrganization(admin, 'whole');
    const base = '/organizations/whole';
    const prices = { inputPerMillion: '2.50', outputPerMillion: '10' };
    const credential = { slug: 'openai', provider: 'openai', secret: 'sk-in-the-snapshot-sealed' };
    await given(
      admin,
      [`${base}/teams`, { slug: 'outer', name: 'Outer', costCenter: 'CC' }],
      [`${base}/teams`, { slug: 'inner', name: 'Inner', parent: 'outer' }],
      [`${base}/services`, { slug: 'web', name: 'Web', team: 'inner', kind: 'agent' }],
      [`${base}/services/web/keys`, { name: 'k' }],
      [`${base}/provider-credentials`, credential],
      [`${base}/models`, { slug: 'own', provider: 'openai', credential: 'openai', model: 'gpt-4.1-mini', prices }],
      [`${base}/models`, { slug: 'listed', provider: 'openai', credential: 'openai', model: 'gpt-4.1-mini' }],
      [`${base}/models`, { slug: 'unknown', provider: 'openai', credential: 'openai', model: 'no-such-model' }],
      [`${base}/routes`, { slug: 'chat', targets: [{ model: 'own' }] }],
      [`${base}/rate-limits`, { scope: { team: 'inner' }, requestsPerMinute: 5 }],
      [`${base}/budgets`, { slug: 'b', scope: {}, amount: '12.5', period: 'day', alertsAt: [0.8] }],
      [`${base}/guardrails`, { slug: 'g', applyTo: 'both', checks: [{ type: 'secrets', action: 'block' }] }],
    );
    const snapshot = await snapshotOf(admin, id);
    expect(snapshot).toMatchObject({
      teams: [
        { slug: 'outer', costCenter: 'CC', path: ['outer'] },
        { slug: 'inner', costCenter: null, path: ['inner', 'outer'] },
      ],
      services: [
        { slug: 'web', team: 'inner', kind: 'agent', allowedModels: ['*'], credentials: [{ expiresAtMs: null }] },
      ],
      providerCredentials: [
        { slug: 'openai', provider: 'openai', weight: 1, sealedSecret: expect.stringMatching(/^v1\./) },
      ],
      models: [
        { slug: 'own', credential: 'openai', upstreamModel: 'gpt-4.1-mini' },
        { slug: 'listed', prices: { version: expect.stringMatching(/^catalogue:/) } },
        { slug: 'unknown', prices: null },
      ],
      routes: [{ slug: 'chat', targets: [{ model: 'own', weight: 1, priority: 0 }] }],
      rateLimits: [{ scope: { team: 'inner' }, requestsPerMinute: 5, tokensPerMinute: null }],
      budgets: [{ slug: 'b', amountNanoUsd: '12500000000', alertsAt: [800], timezone: 'UTC', enforcement: 'hard' }],
      guardrails: [{ slug: 'g', applyTo: 'both', checks: [{ type: 'secrets', action: 'block' }], scope: {} }],
    });
    expect(snapshot?.models[0]?.prices).toMatchObject({ input: parseUsd('2.50').toString(), output: '10000000000' });
    expect(snapshot?.services[0]?.keys).toHaveLength(1);
    expect(JSON.stringify(snapshot)).not.toContain(credential.secret);
  });

  it('is never replaced by an older one', async () => {
    const id = await newOrganization(admin, 'newest');
    const old = await snapshotOf(admin, id);
    await given(admin, ['/organizations/newest/teams', { slug: 'search', name: 'Search' }]);
    if (!old) throw new Error('no snapshot');
    await storeSnapshot(admin.connections.redis, old, 'newest wins');
    expect((await snapshotOf(admin, id))?.version).toBe(2);
    expect(await announced(admin, id)).toBe(2);
  });

  it('is the newest one after 20 changes at once', async () => {
    const id = await newOrganization(admin, 'crowd');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        admin.call('POST', '/organizations/crowd/teams', { slug: `t${n}`, name: 'T' }),
      ),
    );
    const snapshot = await snapshotOf(admin, id);
    expect(snapshot?.version).toBe(21);
    expect(snapshot?.teams).toHaveLength(20);
  });

  it('is withdrawn with its organization', async () => {
    const id = await newOrganization(admin, 'leaving');
    expect((await admin.call('DELETE', '/organizations/leaving')).status).toBe(204);
    expect(await snapshotOf(admin, id)).toBeNull();
    expect(await announced(admin, id)).toBe(DELETED);
  });
});

describe('reconciliation', () => {
  it('fills a Redis that came back empty', async () => {
    const id = await newOrganization(admin, 'flushed');
    await admin.connections.redis.flushall();
    await until(async () => expect(await announced(admin, id)).toBe(1));
    expect(await snapshotOf(admin, id)).toMatchObject({ organization: 'flushed' });
  });

  it('publishes what was committed and never published, as after a crash in between', async () => {
    const id = await newOrganization(admin, 'crashed');
    await admin.connections.database.pool.query('UPDATE organizations SET snapshot_version = 7 WHERE id = $1', [id]);
    await until(async () => expect(await announced(admin, id)).toBe(7));
    expect((await snapshotOf(admin, id))?.version).toBe(7);
  });

  it('follows a Postgres that was restored to an earlier state', async () => {
    const id = await newOrganization(admin, 'restored');
    await given(admin, ['/organizations/restored/teams', { slug: 'lost', name: 'Lost' }]);
    const { pool } = admin.connections.database;
    await pool.query('DELETE FROM teams WHERE organization_id = $1', [id]);
    await pool.query('UPDATE organizations SET snapshot_version = 1 WHERE id = $1', [id]);
    await until(async () => expect(await announced(admin, id)).toBe(1));
    expect(await snapshotOf(admin, id)).toMatchObject({ version: 1, teams: [] });
  });

  it('publishes what was changed while Redis was away', async () => {
    await using app = await startAdmin();
    const id = await newOrganization(app, 'outage');
    await app.redis.stop();
    await given(app, ['/organizations/outage/teams', { slug: 'during', name: 'During' }]);
    await using _back = await testRedis({ port: Number(new URL(app.redis.url).port) });
    await until(async () => expect(await announced(app, id)).toBe(2));
    expect(await snapshotOf(app, id)).toMatchObject({ teams: [{ slug: 'during' }] });
  });
});

async function subscribe(url: string): Promise<{ redis: Redis } & AsyncDisposable> {
  const redis = new Redis(url);
  await redis.subscribe(keys.snapshotChanged);
  return { redis, [Symbol.asyncDispose]: async () => redis.disconnect() };
}
