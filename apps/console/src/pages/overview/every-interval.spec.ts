import { describe, expect, it } from 'vitest';
import { everyInterval } from './every-interval';

const range = { from: new Date('2026-11-01T09:30:00Z'), to: new Date('2026-11-01T13:10:00Z') };

describe('the intervals of a chart', () => {
  it('are all of its time, also those in which nothing happened', () => {
    const rows = [{ at: '2026-11-01T10:00:00Z' }, { at: '2026-11-01T13:00:00Z' }];
    const all = everyInterval(rows, 'hour', range);
    expect(all.map(({ at }) => at.getUTCHours())).toEqual([9, 10, 11, 12, 13]);
    expect(all.map(({ row }) => row)).toEqual([null, rows[0], null, null, rows[1]]);
  });

  it('of nothing are none', () => {
    expect(everyInterval([], 'day', range)).toEqual([]);
  });
});
