import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TOKENS } from '#libs/core';
import { costOf } from './cost.js';
import { costLines } from './cost-lines.js';

const count = fc.integer({ min: 0, max: 1_000_000 });
const price = fc.bigInt({ min: 0n, max: 100_000_000_000n });

describe('cost lines', () => {
  it('add up to what was booked, but for the rounding of each', () => {
    fc.assert(
      fc.property(count, count, count, price, price, (input, cacheRead, output, inputPrice, outputPrice) => {
        const tokens = { ...NO_TOKENS, input, cacheRead, output };
        const prices = { version: 'v', input: inputPrice, output: outputPrice };
        const booked = costOf(tokens, prices);
        const lines = costLines(tokens, prices, booked) ?? [];
        const sum = lines.reduce((total, line) => total + line.costNanoUsd, 0n);
        const off = sum > booked ? sum - booked : booked - sum;
        expect(off <= BigInt(lines.length)).toBe(true);
      }),
    );
  });

  it('are not shown where these prices do not make the booked cost', () => {
    expect(costLines({ ...NO_TOKENS, input: 10 }, { version: 'v', input: 1_000_000n, output: 0n }, 11n)).toBeNull();
  });
});
