import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Spans that end now, and calendar months (UTC, as everything that is booked). */
export const PERIODS = ['1h', '24h', '7d', '30d', '90d', 'this-month', 'last-month'] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Range {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

export interface Period {
  /** For query keys: the same as long as the person looks at the same time. */
  readonly key: string;
  readonly name: PeriodName | 'custom';
  /** What it means now. */
  readonly range: () => Range;
  /** The time of the same length before it. */
  readonly previous: () => Range;
  /** What to sum by, so that a chart has some 24 to 90 bars. */
  readonly interval: 'hour' | 'day';
}

const SPANS: Readonly<Partial<Record<PeriodName, number>>> = {
  '1h': HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

/** The time that the page is about: `?period=7d`, or `?from=…&to=…`. It stays when going from page to page. */
export function usePeriod(fallback: PeriodName = '24h'): Period {
  const [search] = useSearchParams();
  const [name, from, to] = [search.get('period'), search.get('from'), search.get('to')];
  return useMemo(() => {
    const custom = from === null ? null : customRange(from, to);
    if (custom) return periodOf('custom', `${from}/${to}`, () => custom);
    const known = PERIODS.find((period) => period === name) ?? fallback;
    return periodOf(known, known, () => rangeOf(known, new Date()));
  }, [name, from, to, fallback]);
}

/** The parameters of a URL that keep the period. */
export function keepPeriod(search: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of ['period', 'from', 'to']) {
    const value = search.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept.size === 0 ? '' : `?${kept}`;
}

export function rangeOf(name: PeriodName, now: Date): Range {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  if (name === 'this-month') return { from: new Date(Date.UTC(year, month)), to: now };
  if (name === 'last-month') return { from: new Date(Date.UTC(year, month - 1)), to: new Date(Date.UTC(year, month)) };
  return { from: new Date(now.getTime() - (SPANS[name] ?? DAY_MS)), to: now };
}

function periodOf(name: Period['name'], key: string, range: () => Range): Period {
  const { from, to } = range();
  const lengthMs = to.getTime() - from.getTime();
  const previous = (): Range => {
    const now = range();
    return { from: new Date(now.from.getTime() - (now.to.getTime() - now.from.getTime())), to: now.from };
  };
  return { name, key, range, previous, interval: lengthMs <= 3 * DAY_MS ? 'hour' : 'day' };
}

function customRange(from: string, to: string | null): Range | null {
  const range = { from: new Date(from), to: to === null ? new Date() : new Date(to) };
  return range.from < range.to ? range : null;
}
