const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const share = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** `1,234,567` */
export const formatCount = (count: number): string => whole.format(count);

/** `1.2M`: where the size matters and not the digits. */
export const formatCompact = (count: number): string => (Math.abs(count) < 10_000 ? whole : compact).format(count);

/** `12.3%` of a share from 0 to 1. */
export const formatShare = (of: number): string => share.format(of);

/** `840 ms`, `1.24 s`, `2 min 5 s`. */
export function formatMs(ms: number): string {
  if (ms < 1_000) return `${whole.format(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
