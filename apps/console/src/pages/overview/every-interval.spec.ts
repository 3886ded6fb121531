import { describe, expect, it } from 'vitest';
import { everyInterval } from './every-interval';

describe('the intervals of a chart', () => {
  it('has those in which nothing happened, too', () => {
    const rows = [{ at: '2026-11-01T10:00:00Z' }, { at: '2026-11-01T13:00:00Z' }];
    const all = everyInterval(rows, 'hour');
    expect(all.map(({ at }) => at.getUTCHours())).toEqual([10, 11, 12, 13]);
    expect(all.map(({ row }) => row)).toEqual([rows[0], null, null, rows[1]]);
  });

  it('of nothing are none', () => {
    expect(everyInterval([], 'day')).toEqual([]);
  });
});
