import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactUsd, formatUsd, nanoUsd, sumUsd } from './money';

describe('amounts', () => {
  it.each([
    ['0', '$0.00'],
    ['0.0000001', '<$0.000001'],
    ['0.000042', '$0.000042'],
    ['0.00421', '$0.0042'],
    ['0.0421', '$0.042'],
    ['0.995', '$1.00'],
    ['1234567.891', '$1,234,567.89'],
    ['-12.345', '−$12.35'],
  ])('%s reads %s', (amount, text) => expect(formatUsd(amount)).toBe(text));

  it('are exact where they are booked, whatever their size', () => {
    expect(exactUsd('12345678901234567890.123456789')).toBe('$12,345,678,901,234,567,890.123456789');
    expect(exactUsd('1.5')).toBe('$1.50');
  });

  it('add up to the last digit', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })), (nanos) => {
        const amounts = nanos.map((nano) => {
          const size = nano < 0n ? -nano : nano;
          return `${nano < 0n ? '-' : ''}${size / 10n ** 9n}.${String(size % 10n ** 9n).padStart(9, '0')}`;
        });
        expect(sumUsd(amounts)).toBe(nanos.reduce((sum, nano) => sum + nano, 0n));
      }),
    );
  });

  it('are refused when they are none', () => {
    expect(() => nanoUsd('1e3')).toThrow(RangeError);
  });
});
