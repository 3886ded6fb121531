const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 Nov, 14:02:11`; only the time where it was today. In the browser's time zone. */
export function formatMoment(at: string | Date, now = new Date()): string {
  const moment = new Date(at);
  if (moment.toDateString() === now.toDateString()) return clock.format(moment);
  return `${(moment.getFullYear() === now.getFullYear() ? day : dayWithYear).format(moment)}, ${clock.format(moment)}`;
}

/** `3 Nov 2026` */
export const formatDay = (at: string | Date): string => dayWithYear.format(new Date(at));

/** With the time zone: for a tooltip. */
export const formatFull = (at: string | Date): string => full.format(new Date(at));

/** `3 minutes ago`, `in 2 days`. */
export function formatAgo(at: string | Date, nowMs = Date.now()): string {
  const seconds = (new Date(at).getTime() - nowMs) / 1_000;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / size), unit);
}
