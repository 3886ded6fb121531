const STEP_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** More bars than anyone can tell apart. */
const INTERVALS_MAX = 2_000;

export interface AtInterval<Row> {
  readonly at: Date;
  /** Null: nothing happened in it. */
  readonly row: Row | null;
}

/**
 * The rows of a report with the intervals in between in which nothing happened: it leaves those out, and a chart would draw
 * a pause as if there were none. Rows ascend by `at`.
 */
export function everyInterval<Row extends { readonly at: string | null }>(
  rows: readonly Row[],
  interval: keyof typeof STEP_MS,
): readonly AtInterval<Row>[] {
  const [first, last] = [rows[0]?.at, rows.at(-1)?.at];
  if (first == null || last == null) return [];
  const byTime = new Map(rows.map((row) => [new Date(row.at ?? 0).getTime(), row]));
  const step = STEP_MS[interval];
  const [begin, end] = [new Date(first).getTime(), new Date(last).getTime()];
  const count = Math.min(Math.floor((end - begin) / step) + 1, INTERVALS_MAX);
  return Array.from({ length: count }, (_, index) => {
    const at = begin + index * step;
    return { at: new Date(at), row: byTime.get(at) ?? null };
  });
}
