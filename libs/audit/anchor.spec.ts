import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  type AnchorKey,
  anchorKeysFrom,
  FORMAT,
  GENESIS,
  hashLink,
  type StoredLink,
  signAnchor,
  verifyExport,
} from './index.js';

const organizationId = 'organization-1';

function newKey(kid: string): AnchorKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, publicJwk: { ...(publicKey.export({ format: 'jwk' }) as Record<string, string>), kid } };
}

const key = newKey('k1');
const keys = anchorKeysFrom({ keys: [key.publicJwk] });

function chainOf(length: number, about = 'n'): StoredLink[] {
  const links: StoredLink[] = [];
  for (let n = 1; n <= length; n++) {
    const event = {
      organizationId,
      atMs: Date.UTC(2026, 10, 24),
      actor: { kind: 'operator' as const, id: 'op', name: 'op' },
      action: 'team.created',
      resource: { kind: 'team', id: 't', slug: 'search' },
      before: null,
      after: { [about]: n },
      from: { ip: null, userAgent: null, requestId: null },
    };
    const link = { format: FORMAT, sequence: BigInt(n), previousHash: links.at(-1)?.hash ?? GENESIS, event };
    links.push({ ...link, hash: hashLink(link) });
  }
  return links;
}

const links = chainOf(8);
const anchorAt = (sequence: number, chain = links, signer = key): Anchor =>
  signAnchor(organizationId, chain[sequence - 1] as StoredLink, Date.UTC(2026, 10, 25), signer);
const anchors = [anchorAt(3), anchorAt(7)];
const check = (changed: readonly StoredLink[], against: readonly Anchor[] = anchors) =>
  verifyExport({ organizationId, links: changed, anchors: against, keys });

describe('an export of the audit trail with its anchors', () => {
  it('is whole as it was written, with events after the last anchor and anchors of others among them', () => {
    const foreign = { ...anchorAt(8), organizationId: 'organization-2', sequence: '99' };
    expect(check(links, [...anchors, foreign])).toMatchObject({ ok: true, head: { sequence: 8n } });
  });

  it('shows any link that was changed, removed, inserted or moved, wherever it was', () => {
    const place = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(place, place, fc.constantFrom('change', 'remove', 'insert', 'move'), (at, to, what) => {
        fc.pre(what !== 'move' || at !== to);
        const changed = [...links];
        const [link] = changed.splice(at, 1) as [StoredLink];
        if (what === 'change') changed.splice(at, 0, { ...link, event: { ...link.event, after: 'other' } });
        if (what === 'insert') changed.splice(at, 0, link, { ...link, event: { ...link.event, after: 'other' } });
        if (what === 'move') changed.splice(to, 0, link);
        const result = check(changed);
        expect(result.ok).toBe(false);
        const named = result.ok ? 0 : Number(result.broken.sequence);
        expect([at + 1, at + 2, Math.min(at, to) + 1]).toContain(named);
      }),
    );
  });

  it.each([0, 1, 3, 6])('shows that only %i links were left of those anchored', (left) => {
    expect(check(links.slice(0, left))).toEqual({
      ok: false,
      broken: { sequence: BigInt(left + 1), reason: 'missing tail' },
    });
    expect(check(links.slice(0, left), []).ok).toBe(true);
  });

  it('shows a chain that was written anew from the beginning, whole in itself', () => {
    expect(check(chainOf(8, 'forged'))).toEqual({
      ok: false,
      broken: { sequence: 3n, reason: 'differs from its anchor' },
    });
  });

  it('takes no anchor that was altered or that another key signed', () => {
    const forged = { ok: false, broken: { sequence: 3n, reason: 'forged anchor' } };
    expect(check(links, [{ ...anchorAt(3), hash: GENESIS }])).toEqual(forged);
    expect(check(links, [{ ...anchorAt(7), sequence: '3' }])).toEqual(forged);
    expect(check(links, [anchorAt(3, links, newKey('k1'))])).toEqual(forged);
    expect(check(links, [anchorAt(3, links, newKey('k2'))])).toEqual(forged);
  });
});
