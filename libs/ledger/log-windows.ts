import type pg from 'pg';
import { partitionDays } from './partitions.js';

/** A piece of time, the newer end excluded. Null: open. */
export interface TimeWindow {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Partitions of the first window, and how much larger each next one is: few queries, most of them over few partitions. */
const FIRST = 1;
const GROWTH = 4;

/**
 * The time from `to` back to `from` in contiguous windows, the newest first. One query over all partitions costs more to plan
 * than a page costs to read, and what is asked for is mostly in the newest.
 */
export async function newestWindows(pool: Pick<pg.Pool, 'query'>, { from, to }: TimeWindow): Promise<TimeWindow[]> {
  const days = await partitionDays(pool, { from, to });
  const windows: TimeWindow[] = [];
  let end = to;
  for (let size = FIRST, next = FIRST; next < days.length; size *= GROWTH, next += size) {
    const begin = new Date(days[next - 1] as string);
    windows.push({ from: begin, to: end });
    end = begin;
  }
  return [...windows, { from, to: end }];
}
