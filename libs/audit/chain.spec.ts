import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '#libs/messages';
import { canonicalBytes, FORMAT, GENESIS, hashLink, START, type StoredLink, verifyLinks } from './index.js';

const event = (after: unknown = null): AuditEvent => ({
  organizationId: 'organization-1',
  atMs: Date.UTC(2026, 10, 24),
  actor: { kind: 'operator', id: 'op', name: 'op' },
  action: 'team.created',
  resource: { kind: 'team', id: 't', slug: 'search' },
  before: null,
  after,
  from: { ip: null, userAgent: null, requestId: null },
});

function chainOf(length: number): StoredLink[] {
  const links: StoredLink[] = [];
  for (let n = 1; n <= length; n++) {
    const link = {
      format: FORMAT,
      sequence: BigInt(n),
      previousHash: links.at(-1)?.hash ?? GENESIS,
      event: event({ n }),
    };
    links.push({ ...link, hash: hashLink(link) });
  }
  return links;
}

/** The chain with a link replaced. */
const withLink = (links: readonly StoredLink[], index: number, change: Partial<StoredLink>): StoredLink[] =>
  links.map((link, at) => (at === index ? { ...link, ...change } : link));

describe('an audit chain', () => {
  it('is whole as it was written, also when checked in parts', () => {
    const links = chainOf(10);
    const whole = verifyLinks(links);
    expect(whole).toEqual({ ok: true, head: { sequence: 10n, hash: links[9]?.hash } });
    const first = verifyLinks(links.slice(0, 4));
    if (!first.ok) throw new Error('the first part is whole');
    expect(verifyLinks(links.slice(4), first.head)).toEqual(whole);
    expect(verifyLinks([])).toEqual({ ok: true, head: START });
  });

  it('shows any changed, removed, inserted or reordered link by its number', () => {
    const links = chainOf(5);
    const broken = (changed: readonly StoredLink[]) => verifyLinks(changed);
    expect(broken(withLink(links, 2, { event: event({ n: 99 }) }))).toMatchObject({
      broken: { sequence: 3n, reason: 'changed' },
    });
    expect(broken(links.filter((_, at) => at !== 2))).toMatchObject({ broken: { sequence: 3n, reason: 'missing' } });
    expect(broken([...links.slice(0, 3), ...links.slice(2)])).toMatchObject({
      broken: { sequence: 3n, reason: 'out of order' },
    });
    expect(broken([...links.slice(0, 1), ...links.slice(2, 3), ...links.slice(1, 2)])).toMatchObject({ ok: false });
    const forged = { ...(links[2] as StoredLink), event: event({ n: 99 }) };
    expect(broken(withLink(links, 2, { ...forged, hash: hashLink(forged) }))).toMatchObject({
      broken: { sequence: 4n, reason: 'does not follow the one before' },
    });
    expect(broken(withLink(links, 2, { format: 99 }))).toMatchObject({
      broken: { sequence: 3n, reason: 'unknown format' },
    });
  });

  it('hashes the same bytes for the same facts in any order of names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (facts) => {
        const reversed = Object.fromEntries(Object.entries(facts).reverse());
        const link = { format: FORMAT, sequence: 1n, previousHash: GENESIS };
        expect(canonicalBytes({ ...link, event: event(reversed) })).toEqual(
          canonicalBytes({ ...link, event: event(facts) }),
        );
      }),
    );
  });

  it('has these bytes in format 1, for ever', () => {
    const link = {
      format: 1,
      sequence: 1n,
      previousHash: GENESIS,
      event: event({ b: [1, null], a: 'ü', '10': 1, '9': 2 }),
    };
    expect(canonicalBytes(link).toString()).toBe(
      `tollgate-audit-1\n{"action":"team.created","actor":{"id":"op","kind":"operator","name":"op"},"after":{"10":1,"9":2,"a":"ü","b":[1,null]},"at":"2026-11-24T00:00:00.000Z","before":null,"from":{"ip":null,"requestId":null,"userAgent":null},"organizationId":"organization-1","previousHash":"${GENESIS}","resource":{"id":"t","kind":"team","slug":"search"},"sequence":"1"}`,
    );
    expect(hashLink(link)).toBe('7a4b52a6070f6cfa442ca5b63dc3a7ed1ce5314a3ffcb9e57f75be652e6be638');
  });
});
