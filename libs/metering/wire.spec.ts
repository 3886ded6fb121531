import { describe, expect, it } from 'vitest';
import { parseUsd } from '#libs/core';
import { overridePrices } from './override.js';
import { pricesOf } from './price-schedule.js';
import type { ModelPrices } from './prices.js';
import { pricesFromWire, pricesToWire } from './wire.js';

describe('prices in a snapshot', () => {
  const prices: ModelPrices = {
    version: 'catalogue:1:a/b',
    input: 3n,
    output: 15n,
    cacheRead: 0n,
    cacheWrite1h: 6n,
    perRequest: 2n,
    longContext: [
      { aboveInputTokens: 32_000, input: 4n, output: 16n },
      { aboveInputTokens: 200_000, input: 6n, output: 22n, cacheRead: 1n },
    ],
    serviceTiers: { batch: { input: 1n, output: 7n }, priority: { input: 9n, output: 30n, reasoning: 31n } },
    perTool: { web_search: 10n, above: 1n },
  };

  it('survive JSON unchanged, tiers included', () => {
    expect(pricesFromWire(JSON.parse(JSON.stringify(pricesToWire(prices))))).toEqual(prices);
  });

  it('are refused when a kind is unknown or an amount is none', () => {
    const wire = pricesToWire(prices);
    expect(() => pricesFromWire({ ...wire, surprise: '1' })).toThrow(RangeError);
    expect(() => pricesFromWire({ ...wire, input: '-1' })).toThrow(RangeError);
    expect(() => pricesFromWire({ version: 'x', input: '1' })).toThrow(RangeError);
  });
});

describe("an organization's own prices", () => {
  it('are read exactly, with a version that names the amounts', () => {
    const mine = overridePrices({ inputPerMillion: '0.1', outputPerMillion: '12.50', cachedInputPerMillion: '0.01' });
    expect(mine).toMatchObject({ input: 100_000_000n, output: parseUsd('12.5'), cacheRead: 10_000_000n });
    expect(mine.version).toMatch(/^override:[0-9a-f]{16}$/);
    expect(
      overridePrices({ inputPerMillion: '0.10', outputPerMillion: '12.5', cachedInputPerMillion: '0.010' }),
    ).toEqual(mine);
    expect(overridePrices({ inputPerMillion: '0.2', outputPerMillion: '12.50' }).version).not.toBe(mine.version);
  });

  it('may have service tiers and tools, which are part of their version', () => {
    const plain = { inputPerMillion: '1', outputPerMillion: '2' };
    const tiered = overridePrices({ ...plain, serviceTiers: { batch: plain }, perTool: { web_search: '0.01' } });
    expect(tiered).toMatchObject({
      serviceTiers: { batch: { input: parseUsd('1') } },
      perTool: { web_search: 10_000_000n },
    });
    const versions = [plain, { ...plain, serviceTiers: { batch: plain } }, { ...plain, serviceTiers: { flex: plain } }];
    expect(new Set([tiered.version, ...versions.map((prices) => overridePrices(prices).version)]).size).toBe(4);
  });

  it('hold from the moment they are scheduled for, until the next begin', () => {
    const at = (usd: string) => ({ inputPerMillion: usd, outputPerMillion: usd });
    const schedule = [
      { from: '2026-11-01T00:00:00Z', prices: at('2') },
      { from: '2026-12-01T00:00:00+01:00', prices: at('3') },
    ];
    const model = { provider: 'openai', upstreamModel: 'gpt-4o', prices: null, priceSchedule: schedule };
    const input = (moment: string) => pricesOf(model, Date.parse(moment))?.input;
    expect(input('2026-10-31T23:59:59.999Z')).toBe(parseUsd('2.50'));
    expect(input('2026-11-01T00:00:00Z')).toBe(parseUsd('2'));
    expect(input('2026-11-30T22:59:59.999Z')).toBe(parseUsd('2'));
    expect(input('2026-11-30T23:00:00Z')).toBe(parseUsd('3'));
    expect(pricesOf({ ...model, upstreamModel: 'no-such', priceSchedule: [] }, 0)).toBeNull();
  });

  it('are refused, by field, when they are not amounts', () => {
    for (const bad of ['-1', '1e3', '', '1.0000000001', '$5'])
      expect(() => overridePrices({ inputPerMillion: '1', outputPerMillion: bad })).toThrow(
        expect.objectContaining({ code: 'invalid_request', param: 'prices.outputPerMillion' }),
      );
  });
});
