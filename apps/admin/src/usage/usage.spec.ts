import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseUsd } from '#libs/core';
import { foldHour, ledgerTotal } from '#libs/ledger';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../test/admin/record-usage.js';
import { type AdminApp, startAdmin } from '../../../../test/admin/start-admin.js';

const usage = '/organizations/acme/usage';
const DAY = Date.UTC(2026, 9, 5);
const HOUR_MS = 3_600_000;
const OCTOBER = 'from=2026-10-01&to=2026-11-01';

let admin: AdminApp;
let acme: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
  await recordUsage(admin.connections.database.pool, [
    usageEvent({ organizationId: acme, atMs: DAY, costNanoUsd: '1', tags: { app: 'x' } }),
    usageEvent({ organizationId: acme, atMs: DAY + HOUR_MS, costNanoUsd: '20', tags: { app: 'y' } }),
    usageEvent({ organizationId: acme, atMs: DAY + 30 * HOUR_MS, costNanoUsd: '300', team: 'sales', status: 500 }),
  ]);
  await foldHour(admin.connections.database.pool, { organizationId: acme, hour: new Date(DAY).toISOString() });
});

afterAll(() => admin?.stop());

const rows = async (query: string): Promise<Record<string, unknown>[]> => {
  const answer = await admin.call('GET', `${usage}?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
};

describe('usage', () => {
  it('200: sums by group, with tokens by kind and the exact cost', async () => {
    expect(await rows(`${OCTOBER}&groupBy=team,model`)).toEqual([
      {
        at: null,
        team: 'engineering',
        model: 'gpt',
        requests: 2,
        errors: 0,
        inputTokens: 3000,
        cachedInputTokens: 600,
        cacheWriteTokens: 0,
        outputTokens: 200,
        reasoningTokens: 40,
        audioTokens: 0,
        costUsd: '0.000000021',
        cachedRequests: 0,
        savedUsd: '0.00',
      },
      expect.objectContaining({ team: 'sales', requests: 1, errors: 1, costUsd: '0.0000003' }),
    ]);
  });

  it('200: splits the time, and groups by tags', async () => {
    const byDay = await rows(`${OCTOBER}&interval=day`);
    expect(byDay).toMatchObject([
      { at: '2026-10-05T00:00:00.000Z', requests: 2 },
      { at: '2026-10-06T00:00:00.000Z', requests: 1 },
    ]);
    expect(await rows(`${OCTOBER}&groupBy=tag.app&interval=month`)).toMatchObject([
      { at: '2026-10-01T00:00:00.000Z', 'tag.app': 'x', costUsd: '0.000000001' },
      { 'tag.app': 'y' },
      { 'tag.app': null },
    ]);
    expect(await rows(`${OCTOBER}&interval=hour&groupBy=team`)).toHaveLength(3);
  });

  it('200: shows what the cache saved, from records and from rollups; so do the log and the statement', async () => {
    const { pool } = admin.connections.database;
    const atMs = Date.UTC(2026, 8, 5);
    const hit = { organizationId: acme, atMs, cache: 'hit' as const, costNanoUsd: '10', savedNanoUsd: '90' };
    await recordUsage(pool, [usageEvent(hit), usageEvent({ organizationId: acme, atMs, costNanoUsd: '100' })]);
    const expected = { requests: 2, costUsd: '0.00000011', cachedRequests: 1, savedUsd: '0.00000009' };
    const september = 'from=2026-09-01&to=2026-10-01';
    expect(await rows(september)).toMatchObject([expected]);
    await foldHour(pool, { organizationId: acme, hour: new Date(atMs).toISOString() });
    expect(await rows(september)).toMatchObject([expected]);
    const { data } = (await admin.call('GET', `/organizations/acme/requests?${september}&cache=hit`)).body;
    expect(data).toMatchObject([{ cache: 'hit', costUsd: '0.00000001', savedUsd: '0.00000009' }]);
    const statements = '/organizations/acme/chargeback/statements';
    const { lines } = (await admin.call('POST', statements, { period: '2026-09', preview: true })).body;
    expect(lines).toMatchObject([expected]);
  });

  it('200: adds up to the ledger', async () => {
    const [sum] = await rows(OCTOBER);
    expect(parseUsd(String(sum?.['costUsd']))).toBe(
      await ledgerTotal(admin.connections.database.pool, acme, '2026-10'),
    );
  });

  it('200: shows a call of this moment before any worker has folded it', async () => {
    await recordUsage(admin.connections.database.pool, [usageEvent({ organizationId: acme, service: 'fresh' })]);
    expect(await rows('groupBy=service')).toMatchObject([{ service: 'fresh', requests: 1, costUsd: '0.00027' }]);
  });

  it.each([
    ['groupBy', 'groupBy=password'],
    ['groupBy', 'groupBy=team;DROP'],
    ['interval', 'interval=week'],
    ['from', 'from=2026-13-01'],
    ['from', 'from=2026-11-02&to=2026-11-01'],
  ])('400: names the parameter that is wrong: %s in %s', async (field, query) => {
    const { status, body } = await admin.call('GET', `${usage}?${query}`);
    expect(status).toBe(400);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });
});

describe('performance', () => {
  const NOVEMBER_DAY = Date.UTC(2026, 10, 3);
  const performance = `${usage}/performance`;

  beforeAll(async () => {
    const calls = Array.from({ length: 100 }, (_, index) =>
      usageEvent({
        organizationId: acme,
        atMs: NOVEMBER_DAY + index * 60_000,
        latencyMs: 1000 - index,
        firstTokenMs: index < 20 ? index + 1 : null,
        status: index < 5 ? 502 : 200,
        cache: index < 10 ? 'hit' : 'miss',
      }),
    );
    await recordUsage(admin.connections.database.pool, calls);
  });

  it('200: says the exact percentiles, failures and cache hits of the time', async () => {
    const { status, body } = await admin.call('GET', `${performance}?from=2026-11-03&to=2026-11-04`);
    expect(status).toBe(200);
    expect(body.data).toEqual([
      {
        at: null,
        ...{ requests: 100, errors: 5, cacheHits: 10 },
        ...{ latencyMsP50: 950, latencyMsP95: 995, firstTokenMsP50: 10, firstTokenMsP95: 19 },
      },
    ]);
  });

  it('200: splits the time; where nothing streamed there is no first token', async () => {
    const { body } = await admin.call('GET', `${performance}?from=2026-11-03&to=2026-11-04&interval=hour`);
    expect(body.data).toMatchObject([
      { at: '2026-11-03T00:00:00.000Z', requests: 60, latencyMsP50: 970, firstTokenMsP95: 19 },
      { at: '2026-11-03T01:00:00.000Z', requests: 40, latencyMsP50: 920, firstTokenMsP50: null },
    ]);
  });

  it('400: will not split a year into minutes', async () => {
    const { status, body } = await admin.call('GET', `${performance}?from=2026-01-01&to=2026-12-31&interval=minute`);
    expect([status, body.errors[0].field]).toEqual([400, 'interval']);
  });
});
