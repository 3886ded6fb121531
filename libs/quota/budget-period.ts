import { DateTime } from 'luxon';
import type { BudgetPeriod } from './limits.js';

/** One stretch of a budget's calendar: `startMs` ≤ t < `endMs`, milliseconds since the epoch. `total` never ends. */
export interface Period {
  /** Names it in keys and sorts by time: `2026-11-24`, `2026-W48`, `2026-11`, `2026-Q4`, `2026`, `total`. */
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number | null;
}

type CalendarPeriod = Exclude<BudgetPeriod, 'total'>;

const KEY_FORMAT: Record<CalendarPeriod, string> = {
  day: 'yyyy-MM-dd',
  week: "kkkk-'W'WW",
  month: 'yyyy-MM',
  quarter: "yyyy-'Q'q",
  year: 'yyyy',
};

const TOTAL: Period = { key: 'total', startMs: 0, endMs: null };

/** The period last asked for, per kind and timezone: nearly every call falls into it, and the calendar costs 20 µs. */
const current = new Map<string, Period>();

/**
 * The period that holds `nowMs`. Periods begin at midnight in the IANA `timezone` (where a clock change skips or repeats
 * midnight, at the first instant of the day), weeks on Monday with ISO 8601 numbers; they touch without gap or overlap.
 * Throws RangeError for an unknown timezone.
 */
export function periodOf(period: BudgetPeriod, timezone: string, nowMs: number): Period {
  if (period === 'total') return TOTAL;
  const name = `${period}/${timezone}`;
  const known = current.get(name);
  if (known !== undefined && nowMs >= known.startMs && known.endMs !== null && nowMs < known.endMs) return known;
  const found = calendarPeriod(period, timezone, nowMs);
  current.set(name, found);
  return found;
}

function calendarPeriod(period: CalendarPeriod, timezone: string, nowMs: number): Period {
  const now = DateTime.fromMillis(nowMs, { zone: timezone, locale: 'en-US' });
  if (!now.isValid) throw new RangeError(`not a timezone: ${JSON.stringify(timezone)}`);
  const start = now.startOf(period);
  // From noon: adding to a day that begins at 01:00 would carry the skipped hour into the next period.
  const endMs = firstInstant(
    start
      .set({ hour: 12 })
      .plus({ [period]: 1 })
      .startOf(period),
  );
  // A clock set back over midnight shows the old date again for a while: that is the new period already.
  if (endMs <= nowMs) return calendarPeriod(period, timezone, endMs);
  return { key: start.toFormat(KEY_FORMAT[period]), startMs: firstInstant(start), endMs };
}

/** Of a local time that a clock set back shows twice, the earlier. */
function firstInstant(local: DateTime): number {
  return Math.min(...local.getPossibleOffsets().map((instant) => instant.toMillis()));
}
