import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideHalfUp, formatUsd, isUuid, parseUsd, SLUG, TollgateError, toTollgateError, uuidv7 } from './index.js';

describe('money', () => {
  it('any amount of nano-USD survives being written and read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 23n), max: 10n ** 23n }), (nano) => parseUsd(formatUsd(nano)) === nano),
    );
  });
  it('is written with two to nine digits', () => {
    expect([12_500_000_000n, 1n, 0n, -1_230_000_000n].map(formatUsd)).toEqual([
      '12.50',
      '0.000000001',
      '0.00',
      '-1.23',
    ]);
  });
  it('anything but a decimal amount is a RangeError', () => {
    for (const text of ['', '1.', '.5', '1e3', '0.0000000001', '1,50', ' 1', '+1', 'NaN'])
      expect(() => parseUsd(text)).toThrow(RangeError);
  });
  it('division rounds half up, away from zero', () => {
    expect([divideHalfUp(5n, 2n), divideHalfUp(-5n, 2n), divideHalfUp(4n, 3n), divideHalfUp(0n, 7n)]).toEqual([
      3n,
      -3n,
      1n,
      0n,
    ]);
  });
});

describe('ids', () => {
  it('of one process sort in the order they were made and never repeat', () => {
    const ids = Array.from({ length: 20_000 }, () => uuidv7(1_700_000_000_000));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });
  it('say when they were made', () => {
    const now = 1_900_000_000_000;
    expect(Number.parseInt(uuidv7(now).replaceAll('-', '').slice(0, 12), 16)).toBe(now);
  });
  it('slugs begin and end with a letter or digit', () => {
    expect(['a', 'a-b', 'gpt-4.1_mini'].every((slug) => SLUG.test(slug))).toBe(true);
    expect(['', '-a', 'a-', 'A', 'a b', 'a/b', 'x'.repeat(64)].some((slug) => SLUG.test(slug))).toBe(false);
  });
});

it('what was not foreseen is internal_error, and its message stays inside', () => {
  const error = toTollgateError(new Error('password=hunter2'));
  expect([error.code, error.status]).toEqual(['internal_error', 500]);
  expect(error.message).not.toContain('hunter2');
  const known = new TollgateError('conflict', 'taken');
  expect(toTollgateError(known)).toBe(known);
});
