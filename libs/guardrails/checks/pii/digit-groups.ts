import type { Claim } from './kind.js';

/** Digits as people write them: groups with a little between. */
export interface DigitGroups {
  readonly start: number;
  readonly groups: readonly { readonly digits: string; readonly start: number; readonly end: number }[];
}

/** Groups that are looked at together. */
const GROUPS_MAX = 24;
const RUN = /\d+(?:[ .()/-]{1,2}\d+){0,23}/g;

/** All rows of digit groups of a text with at least eight digits. */
export function digitGroups(text: string): readonly DigitGroups[] {
  const rows: DigitGroups[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (run.length < 8) continue;
    const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index: at }) => ({
      digits,
      start: index + at,
      end: index + at + digits.length,
    }));
    rows.push({ start: index, groups: groups.slice(0, GROUPS_MAX) });
  }
  return rows;
}

/**
 * Stretches of whole neighbouring groups that pass a test of their digits (without separators), which gives their confidence, or
 * 0. A number that stands in a word or a decimal fraction is none.
 */
export function numbersIn(
  text: string,
  rows: readonly DigitGroups[],
  { digitsMin, digitsMax }: { readonly digitsMin: number; readonly digitsMax: number },
  confidence: (digits: string, raw: string, start: number) => number,
): readonly Claim[] {
  const claims: Claim[] = [];
  for (const { groups } of rows) {
    for (let first = 0; first < groups.length; first++) {
      let digits = '';
      for (let last = first; last < groups.length && digits.length < digitsMax; last++) {
        digits += groups[last]?.digits;
        if (digits.length < digitsMin || digits.length > digitsMax) continue;
        const start = groups[first]?.start ?? 0;
        const end = groups[last]?.end ?? 0;
        if (!standsAlone(text, start, end)) continue;
        const sure = confidence(digits, text.slice(start, end), start);
        if (sure === 0) continue;
        claims.push({ start, end, confidence: sure });
        first = last;
        break;
      }
    }
  }
  return claims;
}

const standsAlone = (text: string, start: number, end: number): boolean =>
  !/[\w$€£#]$/.test(text.slice(Math.max(0, start - 1), start)) && !/^[A-Za-z_]|^[.,]\d/.test(text.slice(end, end + 2));
