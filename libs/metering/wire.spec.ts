import { describe, expect, it } from 'vitest';
import { parseUsd } from '#libs/core';
import { overridePrices } from './override.js';
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

  it('are refused, by field, when they are not amounts', () => {
    for (const bad of ['-1', '1e3', '', '1.0000000001', '$5'])
      expect(() => overridePrices({ inputPerMillion: '1', outputPerMillion: bad })).toThrow(
        expect.objectContaining({ code: 'invalid_request', param: 'prices.outputPerMillion' }),
      );
  });
});
