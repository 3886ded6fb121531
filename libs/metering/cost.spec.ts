import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TOKENS, parseUsd, type TokenCounts } from '#libs/core';
import { costOf, totalInput, totalOutput } from './cost.js';
import { type ModelPrices, SERVICE_TIERS, type TokenPrices } from './prices.js';
import { worstCase } from './worst-case.js';

const PRICES: ModelPrices = { version: 'test', input: parseUsd('2.50'), output: parseUsd('10.00') };

const price = fc.bigInt({ min: 0n, max: 10n ** 13n });
const maybePrice = fc.option(price, { nil: undefined });

const tokenPrices: fc.Arbitrary<TokenPrices> = fc
  .record({
    input: price,
    output: price,
    cacheRead: maybePrice,
    cacheWrite: maybePrice,
    cacheWrite1h: maybePrice,
    reasoning: maybePrice,
    audioInput: maybePrice,
    audioOutput: maybePrice,
  })
  .map((kinds) => JSON.parse(JSON.stringify(kinds, asText), asBigInt));

const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
const asBigInt = (_key: string, value: unknown): unknown => (typeof value === 'string' ? BigInt(value) : value);

const modelPrices: fc.Arbitrary<ModelPrices> = fc
  .record({
    base: tokenPrices,
    perRequest: price,
    longContext: fc.uniqueArray(
      fc.record({ aboveInputTokens: fc.integer({ min: 0, max: 300_000 }), tier: tokenPrices }),
      { maxLength: 3, selector: (tier) => tier.aboveInputTokens },
    ),
    serviceTiers: fc.dictionary(fc.constantFrom(...SERVICE_TIERS), tokenPrices),
  })
  .map(({ base, perRequest, longContext, serviceTiers }) => ({
    ...base,
    version: 'test',
    perRequest,
    serviceTiers,
    longContext: longContext
      .sort((a, b) => a.aboveInputTokens - b.aboveInputTokens)
      .map(({ aboveInputTokens, tier }) => ({ ...tier, aboveInputTokens })),
  }));

const count = fc.nat({ max: 200_000 });
const tokenCounts: fc.Arbitrary<TokenCounts> = fc.record({
  input: count,
  cacheRead: count,
  cacheWrite: count,
  cacheWrite1h: count,
  output: count,
  reasoning: count,
  audioInput: count,
  audioOutput: count,
});

describe('the cost of a call', () => {
  it('is tokens times the price per million', () => {
    expect(costOf({ ...NO_TOKENS, input: 1_000_000, output: 100_000 }, PRICES)).toBe(parseUsd('3.50'));
  });

  it('is rounded once, half up, to a whole nano-USD', () => {
    const prices: ModelPrices = { version: 'test', input: 300_000n, output: 200_000n };
    expect(costOf({ ...NO_TOKENS, input: 1 }, prices)).toBe(0n);
    expect(costOf({ ...NO_TOKENS, input: 1, output: 1 }, prices)).toBe(1n);
  });

  it('charges a kind without a price of its own as its base kind', () => {
    const tokens = { ...NO_TOKENS, cacheRead: 1, cacheWrite: 1, cacheWrite1h: 1, audioInput: 1 };
    expect(costOf(tokens, PRICES)).toBe(costOf({ ...NO_TOKENS, input: 4 }, PRICES));
    expect(costOf({ ...NO_TOKENS, reasoning: 1, audioOutput: 1 }, PRICES)).toBe(
      costOf({ ...NO_TOKENS, output: 2 }, PRICES),
    );
    expect(costOf({ ...NO_TOKENS, cacheWrite1h: 1 }, { ...PRICES, cacheWrite: 7_000_000n })).toBe(7n);
  });

  it('charges the whole call at the tier that its input exceeds, cached input included', () => {
    const prices = {
      ...PRICES,
      longContext: [{ aboveInputTokens: 200_000, input: parseUsd('5'), output: parseUsd('15') }],
    };
    expect(costOf({ ...NO_TOKENS, input: 200_000 }, prices)).toBe(parseUsd('0.50'));
    expect(costOf({ ...NO_TOKENS, input: 100_001, cacheRead: 100_000, output: 1_000 }, prices)).toBe(
      parseUsd('1.015005'),
    );
  });

  it('adds the fee per request, once or for each unit', () => {
    expect(costOf(NO_TOKENS, { ...PRICES, perRequest: 5n })).toBe(5n);
    expect(costOf(NO_TOKENS, { ...PRICES, perRequest: 5n }, 3)).toBe(15n);
    expect(costOf(NO_TOKENS, { ...PRICES, perRequest: 5n }, 0)).toBe(0n);
  });

  it('charges the whole call at the service tier that was billed, and at standard prices where it has none of its own', () => {
    const batch = { input: parseUsd('1.25'), output: parseUsd('5') };
    const prices: ModelPrices = {
      ...PRICES,
      longContext: [{ ...batch, aboveInputTokens: 1 }],
      serviceTiers: { batch },
    };
    const tokens = { ...NO_TOKENS, input: 1, output: 1 };
    expect(costOf(tokens, prices, { serviceTier: 'batch' })).toBe(6250n);
    for (const serviceTier of ['flex', 'default', 'anything', null, undefined])
      expect(costOf(tokens, prices, { serviceTier })).toBe(12_500n);
  });

  it('adds the fee of each call of a provider’s own tool', () => {
    const prices = { ...PRICES, perTool: { web_search: 7n } };
    expect(costOf(NO_TOKENS, prices, { toolCalls: { web_search: 3, unpriced: 5 } })).toBe(21n);
  });

  it('refuses counts that are not counts', () => {
    for (const input of [-1, 0.5, Number.NaN])
      expect(() => costOf({ ...NO_TOKENS, input }, PRICES)).toThrow(RangeError);
  });

  it('never exceeds the worst case for its amounts of input and output', () => {
    fc.assert(
      fc.property(
        ...[tokenCounts, modelPrices, count, count, fc.nat(9), fc.constantFrom(null, ...SERVICE_TIERS)],
        (tokens, prices, moreInput, moreOutput, units, serviceTier) => {
          const most = worstCase(totalInput(tokens) + moreInput, totalOutput(tokens) + moreOutput, prices, units);
          expect(costOf(tokens, prices, { units, serviceTier })).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  it('is within half a nano-USD of the exact rational sum', () => {
    fc.assert(
      fc.property(tokenCounts, price, price, (tokens, input, output) => {
        const exactMillionths = BigInt(totalInput(tokens)) * input + BigInt(totalOutput(tokens)) * output;
        const error = costOf(tokens, { version: 'test', input, output }) * 1_000_000n - exactMillionths;
        expect(error > -500_000n && error <= 500_000n).toBe(true);
      }),
    );
  });
});
