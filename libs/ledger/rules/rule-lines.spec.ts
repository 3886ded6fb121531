import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleLines, type TeamUsage } from './rule-lines.js';
import type { SharedCost } from './rules.js';
import { splitBy } from './split.js';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const weight = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 15n }));

describe('a split', () => {
  it('adds up to the amount exactly, and no part is a nano-USD off its share', () => {
    fc.assert(
      fc.property(amount, fc.array(weight, { minLength: 1, maxLength: 20 }), (whole, weights) => {
        const parts = splitBy(whole, weights);
        expect(sum(parts)).toBe(whole);
        const total = sum(weights);
        if (total === 0n) return;
        for (const [index, part] of parts.entries()) {
          const off = part * total - whole * (weights[index] ?? 0n);
          expect((off < 0n ? -off : off) < total).toBe(true);
        }
      }),
    );
  });

  it('is even where nothing has weight, and gives what is left to the first of equals', () => {
    expect(splitBy(10n, [0n, 0n, 0n])).toEqual([4n, 3n, 3n]);
    expect(splitBy(-10n, [1n, 1n, 1n])).toEqual([-4n, -3n, -3n]);
    expect(splitBy(10n, [])).toEqual([]);
  });
});

const teams: TeamUsage[] = [
  { team: 'platform', costCenter: 'P', costNanoUsd: 1000n },
  { team: 'sales', costCenter: null, costNanoUsd: 100n },
  { team: 'search', costCenter: 'S', costNanoUsd: 300n },
];
const shared = (facts: Partial<SharedCost>): SharedCost => ({
  name: 'Fee',
  source: { amountNanoUsd: 1000n },
  splitBy: 'even',
  teams: [],
  shares: {},
  ...facts,
});
const amounts = (cost: SharedCost): unknown[] =>
  ruleLines({ sharedCosts: [cost], markups: [] }, teams).map(({ team, amountNanoUsd }) => [team, amountNanoUsd]);

describe('rules of a statement', () => {
  it('split a fixed amount evenly, by usage, or by shares, among all teams or some', () => {
    expect(amounts(shared({}))).toEqual([
      ['platform', 334n],
      ['sales', 333n],
      ['search', 333n],
    ]);
    expect(amounts(shared({ splitBy: 'usage', teams: ['sales', 'search'] }))).toEqual([
      ['sales', 250n],
      ['search', 750n],
    ]);
    expect(amounts(shared({ splitBy: 'shares', shares: { sales: 9, platform: 1 } }))).toEqual([
      ['platform', 100n],
      ['sales', 900n],
    ]);
  });

  it('pass a team’s usage on to the others, so that the sum stays what it was', () => {
    const lines = amounts(shared({ source: { team: 'platform' }, splitBy: 'usage' }));
    expect(lines).toEqual([
      ['platform', -1000n],
      ['sales', 250n],
      ['search', 750n],
    ]);
  });

  it('leave a team’s usage where it is when nobody is there to bear it', () => {
    expect(amounts(shared({ source: { team: 'platform' }, teams: ['gone'] }))).toEqual([]);
  });

  it('add a percentage of each team’s own usage, rounded half up, or take it off', () => {
    const markups = [
      { name: 'Margin', team: '*', millionths: 5_000n },
      { name: 'Discount', team: 'search', millionths: -75_000n },
    ];
    expect(ruleLines({ sharedCosts: [], markups }, teams)).toEqual([
      { kind: 'markup', team: 'platform', costCenter: 'P', amountNanoUsd: 5n, reason: 'Margin' },
      { kind: 'markup', team: 'sales', costCenter: null, amountNanoUsd: 1n, reason: 'Margin' },
      { kind: 'markup', team: 'search', costCenter: 'S', amountNanoUsd: 2n, reason: 'Margin' },
      { kind: 'markup', team: 'search', costCenter: 'S', amountNanoUsd: -23n, reason: 'Discount' },
    ]);
  });
});
