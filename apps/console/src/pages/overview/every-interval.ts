import type { Range } from '../../shell/period';

const STEP_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** More bars than anyone can tell apart. */
const INTERVALS_MAX = 2_000;

export interface AtInterval<Row> {
  readonly at: Date;
  /** Null: nothing happened in it. */
  readonly row: Row | null;
}

/**
 * Every interval (UTC) of the time that a chart is about, with its row of a report: that leaves out the intervals in which
 * nothing happened, and a chart would draw a pause as if there were none.
 */
export function everyInterval<Row extends { readonly at: string | null }>(
  rows: readonly Row[],
  interval: keyof typeof STEP_MS,
  { from, to }: Range,
): readonly AtInterval<Row>[] {
  if (rows.length === 0) return [];
  const byTime = new Map(rows.map((row) => [new Date(row.at ?? 0).getTime(), row]));
  const step = STEP_MS[interval];
  const begin = Math.floor(from.getTime() / step) * step;
  const count = Math.min(Math.ceil((to.getTime() - begin) / step), INTERVALS_MAX);
  return Array.from({ length: count }, (_, index) => {
    const at = begin + index * step;
    return { at: new Date(at), row: byTime.get(at) ?? null };
  });
}
