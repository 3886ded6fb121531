import { describe, expect, it } from 'vitest';
import { compileSnapshot, type OrganizationRows } from './index.js';

const EMPTY: OrganizationRows = {
  id: 'organization-1',
  slug: 'acme',
  snapshotVersion: 7n,
  wrappedDataKey: 'w1.key',
  residency: [],
  settings: null,
  teams: [],
  services: [],
  providerCredentials: [],
  models: [],
  routes: [],
  rateLimits: [],
  budgets: [],
  guardrails: [],
};

const team = (id: string, parentId: string | null = null) => ({ id, slug: `slug-${id}`, costCenter: null, parentId });

describe('a compiled snapshot', () => {
  it('is equal for equal rows, and plain JSON', () => {
    const snapshot = compileSnapshot(EMPTY);
    expect(compileSnapshot(EMPTY)).toEqual(snapshot);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it('says its version before anything that a user wrote but the slug', () => {
    expect(JSON.stringify(compileSnapshot(EMPTY))).toMatch(
      /^\{"format":1,"organizationId":"organization-1","organization":"acme","version":7,/,
    );
  });

  it('gives each team its ancestors, innermost first, and ends in a circle', () => {
    const path = (...teams: ReturnType<typeof team>[]) => compileSnapshot({ ...EMPTY, teams }).teams.map((t) => t.path);
    expect(path(team('c', 'b'), team('b', 'a'), team('a'))).toEqual([
      ['slug-c', 'slug-b', 'slug-a'],
      ['slug-b', 'slug-a'],
      ['slug-a'],
    ]);
    expect(path(team('a', 'b'), team('b', 'a'))).toEqual([
      ['slug-a', 'slug-b'],
      ['slug-b', 'slug-a'],
    ]);
  });

  it('gives a gateway key only models that both key and service allow, and leaves out services that have ended', () => {
    const service = (slug: string, allowedModels: string[], ofKey: string[], decommissionedAt: Date | null = null) => ({
      id: slug,
      slug,
      teamId: 'a',
      kind: 'service',
      clientId: slug,
      allowedModels,
      decommissionedAt,
      credentials: [],
      keys: [{ id: 'k', hash: 'h', expiresAt: null, allowedModels: ofKey, ipRanges: [] }],
    });
    const { services } = compileSnapshot({
      ...EMPTY,
      teams: [team('a')],
      services: [
        service('all', ['*'], ['fast', 'openai/*']),
        service('some', ['openai/*', 'fast'], ['openai/gpt-4*', 'smart', '*']),
        service('crossing', ['a*'], ['*b']),
        service('unscoped', ['fast'], []),
        service('ended', ['*'], [], new Date(0)),
      ],
    });
    expect(services.map(({ slug, keys }) => [slug, keys[0]?.allowedModels])).toEqual([
      ['all', ['fast', 'openai/*']],
      ['some', ['openai/gpt-4*', 'openai/*', 'fast']],
      ['crossing', []],
      ['unscoped', undefined],
    ]);
  });

  it('takes prices from the override, else from the catalogue, else says that there are none', () => {
    const model = (slug: string, upstreamModel: string, prices: unknown) => ({
      id: slug,
      slug,
      provider: 'openai',
      credentialId: 'c',
      upstreamModel,
      region: null,
      prices,
      priceSchedule: [],
      limits: {},
      capabilities: {},
    });
    const { models } = compileSnapshot({
      ...EMPTY,
      models: [
        model('own', 'gpt-4.1-mini', { inputPerMillion: '1', outputPerMillion: '2.000000001' }),
        model('listed', 'gpt-4.1-mini', null),
        model('unknown', 'no-such-model', null),
      ],
    });
    expect(models[0]?.prices).toMatchObject({ input: '1000000000', output: '2000000001' });
    expect(models[1]?.prices?.version).toMatch(/^catalogue:/);
    expect(models[2]?.prices).toBeNull();
  });
});
