import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodOf } from './budget-period.js';
import type { BudgetPeriod } from './limits.js';

const PERIODS: readonly BudgetPeriod[] = ['day', 'week', 'month', 'quarter', 'year'];
/** With and without daylight saving, with half hours, and with clock changes at midnight. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];

const localDate = (zone: string, atMs: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs);

const moment = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2040, 0) });
/** Havana sets its clock back from 01:00 to midnight on a Sunday early in November. */
const repeatedMidnight = fc
  .tuple(fc.integer({ min: 2015, max: 2036 }), fc.integer({ min: 0, max: 8 * 24 * 60 }))
  .map(([year, minutes]) => Date.UTC(year, 10, 1) + minutes * 60_000);
const example = fc.oneof(
  fc.tuple(fc.constantFrom(...PERIODS), fc.constantFrom(...ZONES), moment),
  fc.tuple(fc.constantFrom<BudgetPeriod>('day'), fc.constant('America/Havana'), repeatedMidnight),
);

describe('budget periods', () => {
  test('hold the moment asked for, and every moment in a period names the same one', () => {
    fc.assert(
      fc.property(example, fc.double({ min: 0, max: 1, noNaN: true }), ([kind, zone, atMs], share) => {
        const period = periodOf(kind, zone, atMs);
        const endMs = period.endMs ?? Number.NaN;
        expect(period.startMs).toBeLessThanOrEqual(atMs);
        expect(endMs).toBeGreaterThan(atMs);
        const other = Math.min(endMs - 1, Math.floor(period.startMs + share * (endMs - period.startMs)));
        expect(periodOf(kind, zone, other)).toEqual(period);
      }),
      { numRuns: 1000 },
    );
  });

  test('touch without gap or overlap, under ever later keys', () => {
    fc.assert(
      fc.property(example, ([kind, zone, atMs]) => {
        const period = periodOf(kind, zone, atMs);
        const next = periodOf(kind, zone, period.endMs ?? Number.NaN);
        expect(next.startMs).toBe(period.endMs);
        expect(next.key > period.key).toBe(true);
        expect(periodOf(kind, zone, period.startMs - 1).endMs).toBe(period.startMs);
      }),
      { numRuns: 1000 },
    );
  });

  test('begin when the local date changes, by the calendar of Intl', () => {
    fc.assert(
      fc.property(example, ([kind, zone, atMs]) => {
        const { startMs } = periodOf(kind, zone, atMs);
        expect(localDate(zone, startMs - 1)).not.toBe(localDate(zone, startMs));
        if (kind === 'day') expect(periodOf(kind, zone, atMs).key).toBe(localDate(zone, atMs));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['day', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['day', 'Asia/Beirut', '2026-03-29T12:00:00Z', '2026-03-29', '2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z'],
    ['week', 'UTC', '2027-01-01T00:00:00Z', '2026-W53', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    ['month', 'America/New_York', '2026-12-01T04:59:59Z', '2026-11', '2026-11-01T04:00:00Z', '2026-12-01T05:00:00Z'],
    ['quarter', 'UTC', '2026-11-24T00:00:00Z', '2026-Q4', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['year', 'Asia/Kolkata', '2026-12-31T18:30:00Z', '2027', '2026-12-31T18:30:00Z', '2027-12-31T18:30:00Z'],
  ] as const)('%s in %s at %s is %s', (kind, zone, at, key, start, end) => {
    expect(periodOf(kind, zone, Date.parse(at))).toEqual({ key, startMs: Date.parse(start), endMs: Date.parse(end) });
  });

  test('a midnight that happens twice begins the day once', () => {
    const first = Date.parse('2026-11-01T04:00:00Z');
    for (const minutes of [0, 30, 60, 90, 600])
      expect(periodOf('day', 'America/Havana', first + minutes * 60_000)).toEqual({
        key: '2026-11-01',
        startMs: first,
        endMs: Date.parse('2026-11-02T05:00:00Z'),
      });
    expect(periodOf('day', 'America/Havana', first - 1).key).toBe('2026-10-31');
  });

  test('a clock set back over midnight does not return to the day before', () => {
    const midnight = Date.parse('2010-11-07T02:30:00Z');
    const keys = [-1, 0, 90_000, 1_800_000, 7_200_000].map(
      (afterMs) => periodOf('day', 'America/St_Johns', midnight + afterMs).key,
    );
    expect(keys).toEqual(['2010-11-06', ...Array(4).fill('2010-11-07')]);
  });

  test('the total never ends', () => {
    expect(periodOf('total', 'UTC', 1)).toEqual({ key: 'total', startMs: 0, endMs: null });
  });

  test('an unknown timezone is a mistake of the caller', () => {
    expect(() => periodOf('day', 'Mars/Olympus', 0)).toThrow(RangeError);
  });
});
