import { TollgateError } from '#libs/core';

/** A month of the books, UTC: from (inclusive) and to (exclusive), ISO 8601. */
export interface Period {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** `"2026-11"` → the month. Throws `invalid_request` for anything else. */
export function parsePeriod(name: string): Period {
  const [, year, month] = /^(2\d{3})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === undefined || month === undefined)
    throw new TollgateError('invalid_request', 'period must be a month such as "2026-11".', { param: 'period' });
  const from = Date.UTC(Number(year), Number(month) - 1);
  const to = Date.UTC(Number(year), Number(month));
  return { name, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
